"""The customers of the lab: made-up people with numbers that are valid in the shop's country."""

from collections.abc import Collection
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

NAMES = ("Amina", "Kwame", "Grace")
# The last digits of their numbers: the country's example number supplies the rest.
ENDINGS = ("111", "222", "333", "444", "555", "666")


@dataclass(frozen=True, slots=True)
class Phone:
    """A person in the lab. `number` is E.164."""

    name: str
    number: str


def customers(country: str, taken: Collection[str]) -> tuple[Phone, ...]:
    """People of `country` (ISO 3166) whose numbers are nobody's in `taken`."""
    example = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    if example is None:
        return ()
    stem = phonenumbers.format_number(example, PhoneNumberFormat.E164)[:-3]
    numbers = [stem + ending for ending in ENDINGS if is_phone(stem + ending)]
    free = [number for number in numbers if number not in taken]
    return tuple(Phone(name, number) for name, number in zip(NAMES, free, strict=False))


def is_phone(text: str) -> bool:
    """Whether `text` is a valid number in E.164."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return False


def pretty(number: str) -> str:
    """A number as people read it: +256 712 345111."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
