"""What the emulated Twilio knows, and the handsets' side of it: signed webhooks to the server.

Source: Twilio, "Messages resource" and "Media subresource".
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

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
    Parcel,
    Play,
    Post,
    at_target,
)
from channels.render.gsm import segments
from channels.twilio.webhook import WHATSAPP

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
