"""Whom a shop writes to."""

from channels.render import Reader
from store.models import ShopRow

# The shop pays for SMS in the letters of its language; "plain" is the other choice.
OWN_LETTERS = "own"


def reader_at(shop: ShopRow, locale: str, role: str) -> Reader:
    """Somebody who reads what `shop` sends them, as `role`, in this language."""
    return Reader(locale, shop.timezone, role, gsm_only=shop.sms_letters != OWN_LETTERS)
