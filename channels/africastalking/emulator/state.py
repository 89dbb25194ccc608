"""What the emulated Africa's Talking knows, and the handsets' side of it: webhooks to the server.

Source: Africa's Talking, "SMS: notifications", "USSD: handling sessions".
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from channels.africastalking.emulator.options import Options
from channels.africastalking.emulator.session import NETWORK, UssdSession
from channels.emulated import Answered, Handsets, Kind, Parcel

NAME = "africastalking-emulator"


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

    def dial(self, code: str, phone: str) -> UssdSession:
        """Opens a session. What follows the service code in `code` is its first input (*284*77*12#)."""
        return UssdSession.dial(self, code, phone)

    def post(self, path: str, form: Mapping[str, str], parcel: Parcel) -> Answered:
        """Posts a webhook under the account's secret."""
        options = self.options
        url = f"{options.target}/webhooks/africastalking/{options.webhook_secret}/{path}"
        return self.road.bring(parcel, lambda: options.post(url, list(form.items()), {}))
