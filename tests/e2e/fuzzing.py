"""What the fuzz tests share: odd values, a house that takes everything, and what must be true after."""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from bot.app import BACKGROUND
from bot.hub.request import MOST_FIELDS
from channels.meta.signature import HEADER, sign
from store.models import InboxRow, OutboxRow
from tests.e2e.house import SECRET, House

CUSTOMER = "+256772300050"
ACCOUNT = "AC" + "1" * 32
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
AT = f"/webhooks/africastalking/{SECRET}"
MTN = "/webhooks/mtn-momo/11111111-1111-4111-8111-111111111111"
META = "/webhooks/meta"
TWILIO = "/webhooks/twilio/messages"

# Bodies of each webhook, the same ones in every run.
BODIES = 1000
# Of these, so many are rubbish from the first byte on.
RUBBISH = 250

T = TypeVar("T")
Fields = Sequence[tuple[str, str]]

# Where text breaks things: no such character, half of one, no end, no number, a number too many,
# a digit that int() refuses, and what other programs would take for code.
ODD = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202e",
    "\u200b",
    "²",
    "٣",
    "1e999999",
    "NaN",
    "-0",
    "9" * 18,
    "9" * 25,
    "%s %d %(x)s",
    "{total} {0.__class__} {",
    "${jndi:x}",
    "'; DROP TABLE inbox; --",
    "<Response><Message>x</Message></Response>",
    "order 99999999999999999999",
    "track 99999999999999999999",
    "cancel order 9223372036854775808",
    "2147483648",
    "add 99999999999999 soap",
    "-3 soap",
    "whatsapp:",
    "+",
    "\r\n",
)
anything = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(("9", "a", "*", "1*", "🍚", "ẞ")).map(lambda part: part * 3000),
    st.text(st.characters(codec=None), max_size=40),
    st.integers().map(str),
    st.floats().map(str),
)


def some(*values: T) -> SearchStrategy[T]:
    return st.sampled_from(values)


# Enough that one who wrote STOP, or talks to the seller, does not keep the rest from being answered.
people = st.integers(0, 79).map(lambda n: f"+2567723100{n:02d}")
ids = st.uuids().map(lambda u: u.hex)
bodies = st.one_of(
    some("hi", "1", "2 soap", "cart", "OK 1001", "99", "0", "STOP", "START"), anything
)


def form_of(known: Mapping[str, SearchStrategy[str]]) -> SearchStrategy[Fields]:
    """A well-formed form in which up to three fields are odd, missing, twice there, or unheard of."""
    change = st.tuples(
        st.sampled_from([name for name in known if name != "AccountSid"]) | anything,
        st.lists(anything, max_size=2),
    )

    def changed(form: Mapping[str, str], changes: Sequence[tuple[str, list[str]]]) -> Fields:
        fields = {name: [value] for name, value in form.items()} | dict(changes)
        return [(name, value) for name, values in fields.items() for value in values]

    return st.builds(changed, st.fixed_dictionaries(known), st.lists(change, max_size=3))


def encoded(fields: Fields) -> bytes:
    return urlencode(fields, errors="surrogatepass").encode()


def for_each(times: int, drawn: SearchStrategy[T], check: Callable[[T], None]) -> None:
    """Run `check` on so many examples: in every run the same, and none kept for the next."""
    bounded = settings(
        max_examples=times,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    bounded(given(drawn)(check))()


class Target:
    """A house whose webhooks are posted to in this process. Nobody is kept from writing, and what is
    answered is not sent: it stays in the outbox."""

    def __init__(self, build_house: Callable[..., House]) -> None:
        self.house = build_house(
            sender_messages_per_minute=10**6,
            sender_hops_per_minute=10**6,
            line_turns_per_second=10**5,
        )
        self.house.app.extensions[BACKGROUND].stop()
        self._client = self.house.app.test_client()

    def post(self, url: str, body: bytes, kind: str = FORM, method: str = "POST") -> int:
        """Truly signed, where the provider signs; the status of the answer."""
        return self.answer(url, body, kind, method)[0]

    def answer(
        self, url: str, body: bytes, kind: str = FORM, method: str = "POST"
    ) -> tuple[int, str]:
        headers = {"Content-Type": kind} | self._signature(url, body)
        told = self._client.open(
            url, method=method, data=body, headers=headers, base_url=self.house.url
        )
        return told.status_code, told.text

    def get(self, url: str) -> tuple[int, str]:
        told = self._client.get(url, base_url=self.house.url)
        return told.status_code, told.text

    def _signature(self, url: str, body: bytes) -> dict[str, str]:
        if url.startswith(META):
            return {HEADER: sign(body, "meta-secret")}
        if "twilio" not in url or body.count(b"&") > MOST_FIELDS:
            return {}
        try:
            # What cannot be decoded reaches the server's code still quoted.
            fields = parse_qsl(body.decode(), keep_blank_values=True, errors="werkzeug.url_quote")
        except UnicodeError:
            return {}
        form = MultiDict(fields)
        validator = RequestValidator("twilio-token")
        return {"X-Twilio-Signature": str(validator.compute_signature(self.house.url + url, form))}

    def ours(self) -> Iterator[str]:
        """Our own ids of the messages that were answered so far, over and over."""
        wanted = select(OutboxRow.reference)
        known = self.house.in_books(lambda s: [str(found) for found in s.scalars(wanted)])
        assert known
        return itertools.cycle(known)

    def receipted(self) -> int:
        """Of how many messages it has been told what became of them."""
        moved = select(func.count()).where(OutboxRow.status != "queued")
        return self.house.in_books(lambda s: s.scalar(moved) or 0)

    def taken(self) -> int:
        """How many messages came as far as the inbox."""
        return self.house.in_books(lambda s: s.scalar(select(func.count(InboxRow.id))) or 0)

    def replied(self) -> int:
        """How many messages, or pages of what was dialled, went back."""

        def count(session: Session) -> int:
            written = session.scalar(select(func.count(OutboxRow.id))) or 0
            return written + (session.scalar(select(func.count(InboxRow.answer))) or 0)

        return self.house.in_books(count)

    def assert_nothing_half_written(self) -> None:
        """Everything that was taken was answered, and no message had to be put aside."""
        waiting = select(func.count()).where(InboxRow.done_at.is_(None))
        aside = select(InboxRow.text, InboxRow.failure).where(InboxRow.failure.is_not(None))
        assert self.house.in_books(lambda s: s.scalar(waiting)) == 0
        assert self.house.in_books(lambda s: list(s.execute(aside))) == []
