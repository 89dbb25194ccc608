"""To whom a REPLY goes: the customer of an order, or somebody who waits, by phone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import phonenumbers

from flows.ports.trade import Talk
from intents.command import Command

# Order numbers are shorter, phone numbers are not.
FIRST_PHONE = 10_000_000

_PHONE = re.compile(r"\+?\d[\d-]{6,}\d$")


@dataclass(frozen=True, slots=True)
class Addressee:
    """`talk` is somebody who waits. `number` and `phone` (E.164) are what was written."""

    number: int | None = None
    phone: str | None = None
    talk: Talk | None = None
    words: str = ""


def addressee(command: Command, talks: Sequence[Talk], country: str) -> Addressee:
    """Without a number and a phone, the only one who waits is meant."""
    number, words = command.number, command.rest
    head, _, tail = words.partition(" ")
    if number is None and _PHONE.match(head):
        return _by_phone(e164(head, country), tail.strip(), talks)
    if number is not None and number >= FIRST_PHONE:
        return _by_phone(e164(str(number), country), words, talks)
    if number is None:
        return Addressee(talk=talks[0] if len(talks) == 1 else None, words=words)
    talk = next((talk for talk in talks if talk.order_number == number), None)
    return Addressee(number=number, talk=talk, words=words)


def _by_phone(phone: str, words: str, talks: Sequence[Talk]) -> Addressee:
    talk = next((talk for talk in talks if talk.phone == phone), None)
    return Addressee(phone=phone, talk=talk, words=words)


def e164(text: str, country: str) -> str:
    """As the books know it; as it was written where it is no number of `country` or abroad."""
    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return text
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def is_number(phone: str) -> bool:
    """Whether an E.164 number can be somebody's."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(phone, None))
    except phonenumbers.NumberParseException:
        return False
