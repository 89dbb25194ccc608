"""Links that open a conversation: WhatsApp, the SMS app or the dialler, with the words filled in."""

from dataclasses import dataclass
from urllib.parse import quote

from flows.ways import By, Way, dial_code, opening_text


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a link leads to: a shop by its slug, perhaps a product by its code, perhaps the token of
    whoever shared it."""

    slug: str
    shop: str
    code: int | None = None
    token: str | None = None


def link(way: Way, wanted: Wanted) -> str:
    """https://wa.me/<number>?text= (WhatsApp, "Click to chat"), sms:<number>?body= (RFC 5724), or
    tel:<code> with the hash sign escaped (RFC 3966, section 3)."""
    if way.by is By.USSD:
        return "tel:" + quote(dial_code(way, wanted.code), safe="*")
    words = quote(opening_text(way, wanted.shop, wanted.code, wanted.token), safe="")
    if way.by is By.WHATSAPP:
        return f"https://wa.me/{way.address.removeprefix('+')}?text={words}"
    return f"sms:{way.address}?body={words}"


def page_path(wanted: Wanted) -> str:
    """The short page: "/s/kato/12/k7f2q9"."""
    parts = ("s", wanted.slug, str(wanted.code) if wanted.code else None, wanted.token)
    return "".join(f"/{part}" for part in parts if part)
