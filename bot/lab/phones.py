"""The customers of the lab: made-up people with numbers that are valid in the shop's country, on the
networks whose Mobile Money is played there."""

from collections.abc import Collection
from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from phonenumbers.carrierdata import CARRIER_DATA

NAMES = ("Amina", "Kwame", "Grace")
# In turns, where the country has them.
NETWORKS = ("MTN", "Airtel")
# The last digits of their numbers: the network's prefix and the country's example number supply the rest.
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
    code = str(example.country_code)
    stems = [_on(network, code, stem) or stem for network in NETWORKS]
    numbers = [stems[n % len(stems)] + ending for n, ending in enumerate(ENDINGS)]
    numbers = [number for number in numbers if is_phone(number)]
    free = [number for number in numbers if number not in taken]
    return tuple(Phone(name, number) for name, number in zip(NAMES, free, strict=False))


def _on(network: str, code: str, stem: str) -> str | None:
    """The stem with the shortest prefix of that network under the country's code; None where it has none."""
    prefixes = [
        prefix
        for prefix, names in CARRIER_DATA.items()
        if prefix.startswith(code) and network in names.get("en", "").split()
    ]
    prefix = min(prefixes, key=lambda known: (len(known), known), default=None)
    return None if prefix is None else f"+{prefix}{stem[1 + len(prefix) :]}"


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
