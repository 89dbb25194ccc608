"""Telling phone numbers from the other things that providers put into address fields."""

import re

E164 = re.compile(r"\+[1-9]\d{6,14}")
_DIGITS = re.compile(r"[1-9]\d{9,14}")


def e164(address: str) -> str | None:
    """`address` as E.164, or None: a shortcode, a name, or nobody. A lost "+" is put back."""
    address = address.strip()
    if E164.fullmatch(address):
        return address
    return f"+{address}" if _DIGITS.fullmatch(address) else None
