"""Twilio as seen from here: its Messages and Media resources and its signed webhooks, for tests
and the lab.

Source: Twilio, "Messages resource", "Media subresource" and the published OpenAPI description
(api.v2010.account.message).
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from channels.channel import Medium
from channels.emulated import (
    Answered,
    Handsets,
    Kept,
    Kind,
    LoopbackPost,
    Media,
    Mishap,
    Parcel,
    Play,
    Post,
    at_target,
    break_connection,
)
from channels.phone import e164
from channels.render.gsm import segments
from channels.twilio.codes import ERRORS
from channels.twilio.webhook import WHATSAPP

BODY_LIMIT = 1600
NAME = "twilio-emulator"


@dataclass(frozen=True, slots=True)
class Options(Play):
    """`public_url` is what webhooks are signed for, `target` where they are posted to."""

    account_sid: str
    auth_token: str = field(repr=False)
    public_url: str
    target: str
    post: Post = field(default_factory=LoopbackPost)


@dataclass(frozen=True, slots=True)
class Accepted:
    """One message that the emulator took. Addresses are without "whatsapp:"."""

    sid: str
    medium: Medium
    sender: str
    to: str
    body: str
    media_url: str | None
    status_callback: str | None
    at: datetime


class TwilioEmulator(Handsets[Accepted]):
    """The state: what was sent, who opted out, what goes wrong next; and the handsets' side of it."""

    def __init__(self, options: Options) -> None:
        super().__init__(NAME, options.post, options)
        self.options = options
        self.opted_out: set[str] = set()
        self.media = Media()

    def accept(self, message: Accepted) -> None:
        self.keep(message, message.sid, "queued")
        if self.options.receipts and message.status_callback:
            self._receipts.submit(self._report_all, message, self.options.receipts)

    def _report_all(self, message: Accepted, statuses: Sequence[str]) -> None:
        for status in statuses:
            if status == "read" and message.medium is Medium.SMS:
                continue
            time.sleep(self.options.receipt_gap)
            self.report(message, status)

    def report(self, message: Accepted, status: str, code: int | None = None) -> Answered | None:
        """Posts a status callback, or nothing where none was asked for."""
        self.move(message.sid, status)
        if message.status_callback is None:
            return None
        prefix = WHATSAPP if message.medium is Medium.WHATSAPP else ""
        form = {
            "AccountSid": self.options.account_sid,
            "ApiVersion": "2010-04-01",
            "From": prefix + message.sender,
            "To": prefix + message.to,
            "MessageSid": message.sid,
            "MessageStatus": status,
            "SmsSid": message.sid,
            "SmsStatus": status,
            **({"ErrorCode": str(code)} if code else {}),
        }
        parcel = Parcel(Kind.RECEIPT, message.to, status)
        return self.signed_post(message.status_callback, form, parcel)

    def say(
        self,
        phone: str,
        to: str,
        body: str,
        *,
        medium: Medium = Medium.WHATSAPP,
        sid: str | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> Answered:
        """A person writes to `to`. `extra` are further fields: ButtonPayload, MediaUrl0, Latitude ..."""
        sid = sid or f"SM{self.options.new_id()}"
        prefix = WHATSAPP if medium is Medium.WHATSAPP else ""
        form = {
            "AccountSid": self.options.account_sid,
            "ApiVersion": "2010-04-01",
            "Body": body,
            "From": prefix + phone,
            "To": prefix + to,
            "MessageSid": sid,
            "SmsMessageSid": sid,
            "SmsSid": sid,
            "SmsStatus": "received",
            "NumMedia": "0",
            "NumSegments": str(segments(body).count),
            **({"WaId": phone.lstrip("+"), "MessageType": "text"} if prefix else {}),
            **(extra or {}),
        }
        url = f"{self.options.public_url}/webhooks/twilio/messages"
        return self.signed_post(url, form, Parcel(Kind.MESSAGE, phone, body))

    def send_picture(
        self, phone: str, to: str, picture: Kept, caption: str = "", *, api: str
    ) -> Answered:
        """A person sends a picture by WhatsApp. `api` is the URL at which this API is reached."""
        sid, name = f"MM{self.options.new_id()}", f"ME{self.options.new_id()}"
        self.media.kept[name] = picture
        path = f"/2010-04-01/Accounts/{self.options.account_sid}/Messages/{sid}/Media/{name}"
        extra = {
            "NumMedia": "1",
            "MediaUrl0": f"{api}{path}",
            "MediaContentType0": picture.kind,
            "MessageType": "image",
        }
        return self.say(phone, to, caption, sid=sid, extra=extra)

    def signed_post(self, url: str, form: Mapping[str, str], parcel: Parcel) -> Answered:
        """Posts `form`, signed as Twilio signs it for the public address `url`."""
        signature = RequestValidator(self.options.auth_token).compute_signature(
            url, MultiDict(form)
        )
        post, target = self.options.post, at_target(url, self.options.target)
        headers = {"X-Twilio-Signature": signature}
        return self.road.bring(parcel, lambda: post(target, list(form.items()), headers))


blueprint = Blueprint("messages", __name__)


def create_emulator(emulator: TwilioEmulator) -> Flask:
    """Twilio's API over `emulator`'s state."""
    app = Flask(NAME)
    app.extensions[NAME] = emulator
    app.register_blueprint(blueprint)
    return app


@blueprint.post("/2010-04-01/Accounts/<account>/Messages.json")
def create_message(account: str) -> Response:
    """Takes a message, or refuses it with the code that Twilio would give."""
    emulator: TwilioEmulator = current_app.extensions[NAME]
    to, body = (request.form.get(name, "") for name in ("To", "Body"))
    mishap = emulator.mishaps.take(Parcel(Kind.SENT, to.removeprefix(WHATSAPP), body))
    if not _authorised(emulator.options, account):
        return _error(401, 20003)
    if mishap.status:
        return _mishap(mishap)
    code = _fault_of(emulator)
    if code:
        return _error(400, code)
    message = _message(emulator.options)
    emulator.accept(message)
    if mishap.drop:
        return break_connection()
    answer = jsonify(_resource(message, emulator.options))
    answer.status_code = 201
    return answer


@blueprint.get("/2010-04-01/Accounts/<account>/Messages/<message>/Media/<media>")
def find_media(account: str, message: str, media: str) -> Response:
    """Leads whoever has the account's token on to the bytes, for a while."""
    emulator: TwilioEmulator = current_app.extensions[NAME]
    if not _authorised(emulator.options, account):
        return _error(401, 20003)
    mishap = emulator.media.mishap(media)
    if mishap.status:
        return _mishap(mishap)
    if media not in emulator.media.kept:
        return _error(404, 20404)
    return Response(status=307, headers={"Location": f"{request.url_root}kept/{media}"})


@blueprint.get("/kept/<media>")
def give_media(media: str) -> Response:
    """The bytes, from a host that no credentials are meant for."""
    emulator: TwilioEmulator = current_app.extensions[NAME]
    if request.authorization is not None:
        return _error(400, 20001)
    return emulator.media.bytes_of(media)


def _authorised(options: Options, account: str) -> bool:
    given = request.authorization
    return (
        given is not None
        and given.type == "basic"
        and given.username == options.account_sid
        and given.password == options.auth_token
        and account == options.account_sid
    )


def _fault_of(emulator: TwilioEmulator) -> int | None:
    """The error code of a request that Twilio would not take."""
    form = request.form
    sender, to = form.get("From", ""), form.get("To", "")
    if not to:
        return 21604
    if not sender:
        return 21603
    if sender.startswith(WHATSAPP) != to.startswith(WHATSAPP):
        return 63007 if to.startswith(WHATSAPP) else 21211
    if e164(to.removeprefix(WHATSAPP)) != to.removeprefix(WHATSAPP):
        return 21211
    if not form.get("Body") and not form.get("MediaUrl"):
        return 21619
    if len(form.get("Body", "")) > BODY_LIMIT:
        return 21617
    return 21610 if to in emulator.opted_out else None


def _message(options: Options) -> Accepted:
    form = request.form
    to = form["To"]
    return Accepted(
        sid=f"SM{options.new_id()}",
        medium=Medium.WHATSAPP if to.startswith(WHATSAPP) else Medium.SMS,
        sender=form["From"].removeprefix(WHATSAPP),
        to=to.removeprefix(WHATSAPP),
        body=form.get("Body", ""),
        media_url=form.get("MediaUrl"),
        status_callback=form.get("StatusCallback"),
        at=options.now(),
    )


def _resource(message: Accepted, options: Options) -> dict[str, object]:
    prefix = WHATSAPP if message.medium is Medium.WHATSAPP else ""
    uri = f"/2010-04-01/Accounts/{options.account_sid}/Messages/{message.sid}"
    date = format_datetime(message.at)
    return {
        "account_sid": options.account_sid,
        "api_version": "2010-04-01",
        "body": message.body,
        "date_created": date,
        "date_sent": None,
        "date_updated": date,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": prefix + message.sender,
        "messaging_service_sid": None,
        "num_media": "1" if message.media_url else "0",
        "num_segments": str(segments(message.body).count),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": "queued",
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": prefix + message.to,
        "uri": f"{uri}.json",
    }


def _mishap(mishap: Mishap) -> Response:
    codes = {429: 20429, 500: 20500, 503: 20503}
    answer = _error(mishap.status, mishap.code or codes.get(mishap.status, mishap.status))
    if mishap.retry_after is not None:
        answer.headers["Retry-After"] = str(mishap.retry_after)
    return answer


def _error(status: int, code: int) -> Response:
    row = ERRORS.get(code)
    answer = jsonify(
        code=code,
        message=row.meaning if row else "refused",
        more_info=f"https://www.twilio.com/docs/errors/{code}",
        status=status,
    )
    answer.status_code = status
    return answer
