"""What the measured people write: signed requests, as the providers post them."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from scripts.bench.servers import PUBLIC_URL, SECRET, SID, TOKEN

MESSAGES = "/webhooks/twilio/messages"
# Of the yardstick alone.
LEAN = "/lean"
USSD = f"/webhooks/africastalking/{SECRET}/ussd"
FORM = "application/x-www-form-urlencoded"

# One visit on WhatsApp: greet, search, ask, fill the cart, change one's mind, look again.
VISIT = (
    "hello",
    "rice",
    "how much is soap?",
    "2 soap",
    "add one rice 5kg",
    "cart",
    "remove the soap",
    "what do you sell?",
    "thank you",
)
# One dialled session: the shop, its first shelf, the first product, into the cart, home, the cart.
KEYS = ("", "1", "1*1", "1*1*1", "1*1*1*1", "1*1*1*1*00", "1*1*1*1*00*2")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person writes to: a shop's WhatsApp number and its USSD code."""

    whatsapp: str
    ussd: str


@dataclass(slots=True)
class Writers:
    """People enough that none writes faster than a person can: they take turns. `run` keeps the
    message ids of one measurement apart from another's."""

    places: Sequence[Place]
    people: Sequence[str]
    at_once: int
    run: str
    path: str = MESSAGES

    def whatsapp(self, number: int) -> Iterator[bytes]:
        """Everything that one connection's people write."""
        for visit, (place, phone) in enumerate(self._turns(number)):
            for step, text in enumerate(VISIT):
                sid = f"SM{self.run}{number:02d}{visit:06d}{step:02d}"
                yield self._message(place, phone, text, sid)

    def ussd(self, number: int) -> Iterator[bytes]:
        """Everything that one connection's people dial."""
        for visit, (place, phone) in enumerate(self._turns(number)):
            for keys in KEYS:
                yield _hop(place.ussd, phone, keys, f"{self.run}-{number}-{visit}")

    def hello(self, number: int) -> Iterator[bytes]:
        """Everybody greets their shop once, so that all are known."""
        for turn, (place, phone) in enumerate(itertools.islice(self._turns(number), self._share)):
            yield self._message(place, phone, "hello", f"SM{self.run}h{number:02d}{turn:06d}")

    def _message(self, place: Place, phone: str, text: str, sid: str) -> bytes:
        return _whatsapp(self.path, place.whatsapp, phone, text, sid)

    @property
    def _share(self) -> int:
        return len(self.people) // self.at_once

    def _turns(self, number: int) -> Iterator[tuple[Place, str]]:
        mine = self.people[number * self._share : (number + 1) * self._share]
        where = (self.places[index % len(self.places)] for index in range(len(mine)))
        return itertools.cycle(list(zip(where, mine, strict=True)))


def _whatsapp(path: str, address: str, phone: str, text: str, sid: str) -> bytes:
    form = {
        "AccountSid": SID,
        "MessageSid": sid,
        "SmsStatus": "received",
        "NumMedia": "0",
        "From": f"whatsapp:{phone}",
        "To": f"whatsapp:{address}",
        "Body": text,
        "ProfileName": "Amina",
        "WaId": phone[1:],
        "ApiVersion": "2010-04-01",
    }
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC_URL + path, form)
    return _post(path, urlencode(form), f"X-Twilio-Signature: {signature}\r\n")


def _hop(code: str, phone: str, keys: str, session: str) -> bytes:
    form = {"sessionId": session, "serviceCode": code, "phoneNumber": phone, "text": keys}
    return _post(USSD, urlencode(form), "")


def _post(path: str, body: str, more: str) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: measured.example\r\nContent-Type: {FORM}\r\n{more}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()
