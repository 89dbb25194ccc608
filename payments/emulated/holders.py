"""Whose wallets they are: names that belong to nobody."""

from collections.abc import Mapping

FIRST = (
    "Abena",
    "Baraka",
    "Chidi",
    "Dalila",
    "Efua",
    "Furaha",
    "Gasore",
    "Halima",
    "Imani",
    "Juma",
)
LAST = (
    "Mfano",
    "Jaribio",
    "Sampuli",
    "Kielelezo",
    "Mwigo",
    "Ramani",
    "Dhana",
    "Tarakimu",
    "Nakala",
    "Wazo",
)


def name_of(phone: str, known: Mapping[str, str | None]) -> str | None:
    """The holder's name: as `known` says, or one made up from the number's last digits (the family names
    are Swahili for "example", "trial" and the like). None: the number has no wallet."""
    if phone in known:
        return known[phone]
    digits = phone[-2:]
    if len(digits) < 2 or not digits.isdigit():
        return None
    return f"{FIRST[int(digits[0])]} {LAST[int(digits[1])]}"
