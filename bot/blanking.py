"""What people should never have typed is blanked before anything is kept: PINs, one-time codes, cards.

A shop needs none of them. What a rider or seller sends to prove a delivery stays: it is not called a
PIN, and it is worth nothing a moment later.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from channels.channel import Inbound, Medium

BLANK = "****"

# What a secret is called, in the languages that customers write in, and what may stand between that
# and the secret itself.
_WORDS = r"pass ?word|mot de passe|neno (?:la )?siri"
_CODES = (
    r"p\.?i\.?n\.?(?:[ -]?(?:code|number|no\.?))?|pass ?code|otp|one[ -]time (?:code|password)"
    r"|secret code|code (?:secret|pin)|nam(?:ba|bari) ya siri"
)
_LINK = r"(?:[\s:=\-\"'(]|\b(?:is|ni|est|yangu|my|for|momo|mtn|mobile money|airtel)\b){0,16}"


def _called(names: str, what: str) -> re.Pattern[str]:
    """`what` after one of `names`."""
    return re.compile(rf"(?i)(?<!\w)(?P<name>(?:{names})(?!\w){_LINK})(?<!\d){what}")


_AFTER = (
    _called(rf"{_CODES}|{_WORDS}", r"\d(?:[ -]?\d){3,9}(?!\d)"),
    _called(r"cvv2?|cvc2?|security code", r"\d{3,4}(?!\d)"),
    re.compile(rf"(?i)(?<!\w)(?P<name>(?:{_WORDS})\s*(?:is|ni|est|:|=)\s*)\S+"),
)
_BEFORE = re.compile(
    r"(?i)(?<![\d+])\d{4,8}(?P<name>\s*(?:is|ni|est|=|-)?\s*(?:my|the)?\s*"
    rf"(?:{_CODES}|{_WORDS}))(?!\w)"
)
_CARD = re.compile(r"(?<![\d+])\d(?:[ -]?\d){12,18}(?!\d)")
# Beginnings and lengths of card numbers: ISO/IEC 7812; Visa, Mastercard, American Express, Verve,
# Maestro and UnionPay say which are theirs. A phone number without its plus is none of these.
_CARDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d{2}|22[2-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}"
    r"|3[47]\d{13}|(?:50|5[6-9]|6\d)\d{14,17}"
)
# A PIN that was typed at us instead of into the wallet's own prompt.
_BARE = re.compile(r"\s*\d{4,6}\s*")


def blanked(text: str) -> str:
    """`text` without PINs, passwords, one-time codes and card numbers."""
    text = _CARD.sub(lambda found: BLANK if _is_card(found.group()) else found.group(), text)
    for pattern in _AFTER:
        text = pattern.sub(lambda found: found["name"] + BLANK, text)
    return _BEFORE.sub(lambda found: BLANK + found["name"], text)


def without_secrets(inbound: Inbound) -> Inbound:
    """The message as it may be kept. What is dialled stays: there are digits only, and the provider
    repeats them with every hop."""
    if inbound.medium is Medium.USSD:
        return inbound
    attachment = inbound.attachment
    if attachment is not None:
        attachment = replace(attachment, caption=blanked(attachment.caption))
    return replace(inbound, text=blanked(inbound.text), attachment=attachment)


def is_bare_code(text: str) -> bool:
    """Whether it is nothing but digits, as many as a wallet's PIN has."""
    return _BARE.fullmatch(text) is not None


def _is_card(text: str) -> bool:
    digits = "".join(filter(str.isdigit, text))
    return _CARDS.fullmatch(digits) is not None and sum(_weighed(digits)) % 10 == 0


def _weighed(digits: str) -> Iterator[int]:
    """The digits as Luhn's check adds them up: ISO/IEC 7812-1, annex B."""
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        yield value - 9 if value > 9 else value
