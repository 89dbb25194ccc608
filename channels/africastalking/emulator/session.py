"""A handset in a USSD session.

Source: Africa's Talking, "USSD: handling sessions".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from channels.africastalking.emulator.options import Options
from channels.africastalking.webhook import ussd_code
from channels.emulated import Answered, Kind, Parcel

NETWORK = "63902"


class Gateway(Protocol):
    """What stands between a handset and the server."""

    options: Options

    def post(self, path: str, form: Mapping[str, str], parcel: Parcel) -> Answered:
        """Posts a webhook under the account's secret."""


@dataclass(slots=True)
class UssdSession:
    """A handset in a session. `text` grows with every answer; `screen` is what the handset shows.

    `open` is False once the server said END, or anything that is not a USSD answer.
    """

    emulator: Gateway
    id: str
    service_code: str
    phone: str
    text: str = ""
    screen: str = ""
    answer: Answered = field(default_factory=lambda: Answered(0, ""))
    open: bool = True
    hops: int = 0

    @classmethod
    def dial(cls, emulator: Gateway, code: str, phone: str) -> "UssdSession":
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
