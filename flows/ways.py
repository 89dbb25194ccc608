"""The ways into a shop, or straight to one of its goods: what to write and where, and what to dial."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What a way in is taken by."""

    WHATSAPP = "whatsapp"
    SMS = "sms"
    USSD = "ussd"


@dataclass(frozen=True, slots=True)
class Way:
    """`address` is the number to write to (E.164, or a shortcode), or the service code ("*284*77#").
    `word` is the keyword or extension by which a shared one leads to the shop."""

    by: By
    address: str
    word: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What an opening text says: a product's `code`, the `token` of whoever shared it, or nothing but
    that the writer is here."""

    code: str = ""
    token: str = ""


# Said to a shop that is not called by a keyword, where nothing else says that somebody comes in.
GREETING = "Hi"
# Letters and digits of tokens: those of Crockford's Base 32, which leaves out what looks alike.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
TOKEN_LENGTH = 6
_TAIL = re.compile(
    rf"(?P<head>.*?)\s*(?:#\s?(?P<code>[0-9]{{1,3}}))?\s*(?:#(?P<token>[a-z0-9]{{{TOKEN_LENGTH}}}))?"
)
_ALIKE = str.maketrans("oil", "011")


def dial_code(way: Way, code: int | None = None) -> str:
    """The deep code of a shop or product: "*284*20*1*12#"."""
    parts = (way.address.removesuffix("#"), way.word, str(code) if code else None)
    return "*".join(part for part in parts if part) + "#"


def opening_text(way: Way, shop: str, code: int | None = None, token: str | None = None) -> str:
    """What a link has people write: "KATO #12", "Mama Njeri #12 #k7f2q9", "Hi Mama Njeri"."""
    tail = [f"#{each}" for each in (code, token) if each]
    called = way.word or (shop if tail else f"{GREETING} {shop}")
    return " ".join((called, *tail))


def read_code(text: str) -> str | None:
    """A product's code that stands alone."""
    typed = text.strip().rstrip(".")
    return typed if re.fullmatch(r"[1-9][0-9]{0,2}", typed) else None


def read_opening(text: str, names: Collection[str]) -> Opening | None:
    """What `opening_text` gave to write, however it was retyped; None for any other message. `names` are
    those of the shop: a message that goes on about something else is none."""
    found = _TAIL.fullmatch(" ".join(text.casefold().split()).rstrip(".!"))
    if found is None:
        return None
    code, token = found["code"] or "", (found["token"] or "").translate(_ALIKE)
    called = {" ".join(name.casefold().split()) for name in names}
    head = found["head"].rstrip(".,:;!-")
    if head in {f"{greeting} {name}" for name in called for greeting in ("hi", "hi,")}:
        return Opening(code, token)
    if (code or token) and (not head or head in called):
        return Opening(code, token)
    return None
