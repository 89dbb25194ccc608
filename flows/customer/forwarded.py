"""An operator's SMS, forwarded to prove a payment. It is held against the books and never believed."""

from collections.abc import Callable, Mapping

from flows.customer.machine import customer
from flows.customer.options import HUMAN, TRACK
from flows.message import Message
from flows.operator_sms import read_operator_sms
from flows.place import Step
from flows.ports.records import Claim, Claimed
from flows.reply import Option
from flows.visit import Visit
from intents.understanding import Understanding

SAID: Mapping[Claim, Callable[[int], Message]] = {
    Claim.HOLDS: lambda number: Message("claim-holds", number=number),
    Claim.ASKED: lambda number: Message("paying-asked", number=number),
    Claim.NONE: lambda _: Message("claim-none"),
    Claim.WRONG: lambda _: Message("claim-wrong"),
}


@customer.first
def forwarded(visit: Visit, heard: Understanding) -> Step | None:
    """Whoever holds the talk: a seller could be shown it, and taken in."""
    records = visit.ports.records
    sms = read_operator_sms(heard.text) if records is not None else None
    if records is None or sms is None:
        return None
    claimed = records.claimed(sms)
    if visit.place.spot.state == "human":
        visit.ports.desk.pass_on(heard.text)
    said = SAID[claimed.claim](claimed.number or 0)
    return visit.answer(visit.say(said, options=_options(claimed)))


def _options(claimed: Claimed) -> tuple[Option, ...]:
    if claimed.number is None:
        return (TRACK, HUMAN)
    track = Option(f"track:{claimed.number}", Message("option-track"))
    if claimed.claim is Claim.WRONG:
        return (Option(f"pay:{claimed.number}", Message("option-pay")), track, HUMAN)
    return (track, HUMAN)
