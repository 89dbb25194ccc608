"""Africa's Talking as seen from here: its SMS API, its webhooks and its USSD, for tests and the lab.

Source: Africa's Talking, "SMS: sending", "SMS: notifications", "USSD: handling sessions".
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from channels.africastalking.webhook import ussd_code
from channels.emulated import (
    Answered,
    Handsets,
    Kind,
    LoopbackPost,
    Parcel,
    Play,
    Post,
    break_connection,
)
from channels.phone import e164

NAME = "africastalking-emulator"
NETWORK = "63902"


@dataclass(frozen=True, slots=True)
class Options(Play):
    """`target` is the server that webhooks are posted to, under `webhook_secret`."""

    username: str
    api_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    target: str
    post: Post = field(default_factory=LoopbackPost)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One SMS that the emulator took."""

    id: str
    sender: str
    to: str
    body: str
    at: datetime


class AfricasTalkingEmulator(Handsets[Accepted]):
    """The state: what was sent, who opted out, what goes wrong next; and the handsets' side of it."""

    def __init__(self, options: Options) -> None:
        super().__init__(NAME, options.post, options)
        self.options = options
        self.opted_out: set[str] = set()

    def accept(self, message: Accepted) -> None:
        self.keep(message, message.id, "Sent")
        if self.options.receipts:
            self._receipts.submit(self._report_all, message)

    def _report_all(self, message: Accepted) -> None:
        for status in self.options.receipts:
            time.sleep(self.options.receipt_gap)
            self.report(message, status)

    def report(self, message: Accepted, status: str, reason: str | None = None) -> Answered:
        """Posts a delivery report."""
        self.move(message.id, status)
        form = {
            "id": message.id,
            "status": status,
            "phoneNumber": message.to,
            "networkCode": NETWORK,
            "retryCount": "0",
            **({"failureReason": reason} if reason else {}),
        }
        return self.post("sms/status", form, Parcel(Kind.RECEIPT, message.to, status))

    def say(self, phone: str, to: str, text: str, *, id: str | None = None) -> Answered:  # noqa: A002
        """A person sends an SMS to the shortcode or number `to`."""
        form = {
            "date": self.options.now().strftime("%Y-%m-%d %H:%M:%S"),
            "from": phone,
            "id": id or self.options.new_id(),
            "linkId": self.options.new_id(),
            "text": text,
            "to": to,
            "networkCode": NETWORK,
        }
        return self.post("sms", form, Parcel(Kind.MESSAGE, phone, text))

    def opt_out(self, phone: str, sender_id: str) -> Answered:
        """A person asks for no more messages from `sender_id`."""
        self.opted_out.add(phone)
        form = {"senderId": sender_id, "phoneNumber": phone}
        return self.post("optout", form, Parcel(Kind.NOTICE, phone, "opted out"))

    def dial(self, code: str, phone: str) -> "UssdSession":
        """Opens a session. What follows the service code in `code` is its first input (*284*77*12#)."""
        return UssdSession.dial(self, code, phone)

    def post(self, path: str, form: Mapping[str, str], parcel: Parcel) -> Answered:
        """Posts a webhook under the account's secret."""
        options = self.options
        url = f"{options.target}/webhooks/africastalking/{options.webhook_secret}/{path}"
        return self.road.bring(parcel, lambda: options.post(url, list(form.items()), {}))


@dataclass(slots=True)
class UssdSession:
    """A handset in a session. `text` grows with every answer; `screen` is what the handset shows.

    `open` is False once the server said END, or anything that is not a USSD answer.
    """

    emulator: AfricasTalkingEmulator
    id: str
    service_code: str
    phone: str
    text: str = ""
    screen: str = ""
    answer: Answered = field(default_factory=lambda: Answered(0, ""))
    open: bool = True
    hops: int = 0

    @classmethod
    def dial(cls, emulator: AfricasTalkingEmulator, code: str, phone: str) -> "UssdSession":
        service, extension = _split(code)
        session = cls(emulator, f"ATUid_{emulator.options.new_id()}", service, phone, extension)
        session.ask()
        return session

    def reply(self, text: str) -> str:
        """Types an answer; what the handset then shows. Raises ValueError when the session is over."""
        if not self.open:
            raise ValueError("the session is over")
        self.text = f"{self.text}*{text}" if self.text or self.hops > 1 else text
        return self.ask()

    def ask(self) -> str:
        """Posts the session as it stands (again, when the network repeats itself)."""
        form = {
            "sessionId": self.id,
            "serviceCode": self.service_code,
            "phoneNumber": self.phone,
            "networkCode": NETWORK,
            "text": self.text,
        }
        self.hops += 1
        dialled = self.service_code if self.hops == 1 else self.text.rpartition("*")[2]
        self.answer = self.emulator.post("ussd", form, Parcel(Kind.PAGE, self.phone, dialled))
        body = self.answer.body
        self.open = self.answer.status == 200 and body.startswith("CON ")
        well_formed = self.open or (self.answer.status == 200 and body.startswith("END "))
        self.screen = body[4:] if well_formed else ""
        return self.screen

    def hang_up(self, status: str | None = None) -> Answered:
        """The session ends; the provider's notice of it is posted."""
        ended_well = not self.open and self.screen
        self.open = False
        form = {
            "date": self.emulator.options.now().strftime("%Y-%m-%d %H:%M:%S"),
            "sessionId": self.id,
            "serviceCode": self.service_code,
            "networkCode": NETWORK,
            "phoneNumber": self.phone,
            "status": status or ("Success" if ended_well else "Incomplete"),
            "cost": "0",
            "durationInMillis": str(self.hops * 5000),
            "hopsCount": str(self.hops),
            "input": self.text,
            "lastAppResponse": self.answer.body,
        }
        return self.emulator.post("ussd/events", form, Parcel(Kind.NOTICE, self.phone, "ended"))


def _split(code: str) -> tuple[str, str]:
    """`*284*77*12#` is the service code `*284*77#` and the input "12"."""
    parts = code.strip().strip("*#").split("*")
    return ussd_code("*".join(parts[:2])), "*".join(parts[2:])


blueprint = Blueprint("messaging", __name__)


def create_emulator(emulator: AfricasTalkingEmulator) -> Flask:
    """Africa's Talking's API over `emulator`'s state."""
    app = Flask(NAME)
    app.extensions[NAME] = emulator
    app.register_blueprint(blueprint)
    return app


@blueprint.post("/version1/messaging")
def send() -> Response:
    """Takes an SMS for each recipient, or says why not."""
    emulator: AfricasTalkingEmulator = current_app.extensions[NAME]
    options = emulator.options
    to, message = (request.form.get(name, "") for name in ("to", "message"))
    mishap = emulator.mishaps.take(Parcel(Kind.SENT, to, message))
    known = request.headers.get("apiKey") == options.api_key
    if not known or request.form.get("username") != options.username:
        return Response("The supplied authentication is invalid", 401, mimetype="text/plain")
    if mishap.status:
        wait = {} if mishap.retry_after is None else {"Retry-After": str(mishap.retry_after)}
        return Response("refused", mishap.status, wait, mimetype="text/plain")
    if not request.form.get("message") or not request.form.get("to"):
        return Response("Request is missing required form field", 400, mimetype="text/plain")
    recipients = [
        _recipient(emulator, number, mishap.code) for number in request.form["to"].split(",")
    ]
    if mishap.drop:
        return break_connection()
    taken = sum(1 for recipient in recipients if recipient["status"] == "Success")
    answer = jsonify(
        SMSMessageData={
            "Message": f"Sent to {taken}/{len(recipients)} Total Cost: UGX {taken * 25}",
            "Recipients": recipients,
        }
    )
    answer.status_code = 201
    return answer


def _recipient(
    emulator: AfricasTalkingEmulator, number: str, code: int | None
) -> dict[str, str | int]:
    """What is said of one recipient. `code` refuses it for that reason."""
    if code is None and e164(number) != number:
        code = 403
    if code is None and number in emulator.opted_out:
        code = 406
    refused = {403: "InvalidPhoneNumber", 405: "InsufficientBalance", 406: "UserInBlacklist"}
    if code is not None:
        status = refused.get(code, "Failed")
        return {
            "statusCode": code,
            "number": number,
            "status": status,
            "cost": "0",
            "messageId": "None",
        }
    message = Accepted(
        id=f"ATXid_{emulator.options.new_id()}",
        sender=request.form.get("from", "AFRICASTKNG"),
        to=number,
        body=request.form["message"],
        at=emulator.options.now(),
    )
    emulator.accept(message)
    return {
        "statusCode": 101,
        "number": number,
        "status": "Success",
        "cost": "UGX 25.0000",
        "messageId": message.id,
    }
