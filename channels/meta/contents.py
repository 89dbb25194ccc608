"""What each kind of message says: one row per kind.

Source: Meta, WhatsApp Business Platform, the pages of the "messages webhook reference". Pictures and
recordings come as ids of media that are fetched with the access token.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from channels.clean import clean
from channels.meta.fields import Fields
from flows.heard import Attachment, Basket, BasketItem, MediaKind

# WhatsApp's own basket holds no more kinds of goods than a cart should be asked to take.
MOST_ITEMS = 100
MOST_PIECES = 1_000_000
# It becomes a part of a path.
_MEDIA_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")

# Counted, not answered. Flows of screens are not offered, so an answer to one is nobody's.
NOTED = frozenset(
    {"reaction", "unsupported", "unknown", "system", "interactive", "request_welcome"}
)


@dataclass(frozen=True, slots=True)
class Content:
    text: str = ""
    choice: str | None = None
    attachment: Attachment | None = None
    basket: Basket | None = None


def _text(message: Fields) -> Content | None:
    return Content(message.under("text").text("body"))


def _template_button(message: Fields) -> Content | None:
    """A quick reply under a template. Without a payload of ours its words come back twice."""
    button = message.under("button")
    text, payload = button.text("text"), button.text("payload")
    return Content(text or payload, payload if payload != text else None)


def _interactive(message: Fields) -> Content | None:
    answer = message.under("interactive")
    chosen = answer.under(answer.text("type"))
    if answer.text("type") not in ("button_reply", "list_reply") or not chosen.text("id"):
        return None
    return Content(chosen.text("title"), chosen.text("id"))


def _order(message: Fields) -> Content | None:
    """Which goods and how many. What they would cost is for the shop to say."""
    order = message.under("order")
    items = []
    for item in order.each("product_items"):
        sku, quantity = clean(item.text("product_retailer_id"), 100), item.number("quantity")
        if sku and quantity is not None and 1 <= quantity <= MOST_PIECES:
            items.append(BasketItem(sku, int(quantity)))
    words = clean(order.text("text"), 500)
    return Content(words, basket=Basket(tuple(items[:MOST_ITEMS]), words))


def _location(message: Fields) -> Content | None:
    place = message.under("location")
    latitude, longitude = place.number("latitude"), place.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    named = ", ".join(filter(None, (place.text("name"), place.text("address"))))
    pin = Attachment(
        MediaKind.LOCATION, caption=clean(named, 500), latitude=latitude, longitude=longitude
    )
    return Content(attachment=pin)


def _contacts(message: Fields) -> Content | None:
    names = [
        clean(card.under("name").text("formatted_name"), 100) for card in message.each("contacts")
    ]
    caption = ", ".join(name for name in names if name)
    return Content(attachment=Attachment(MediaKind.CONTACT, caption=caption[:500]))


def _media(name: str, kind: MediaKind) -> Callable[[Fields], Content | None]:
    def read(message: Fields) -> Content | None:
        media = message.under(name)
        caption = clean(media.text("caption"))
        url = clean(media.text("url"), 2000) or None
        identifier = media.text("id")
        named = identifier if _MEDIA_ID.fullmatch(identifier) else None
        return Content(caption, attachment=Attachment(kind, url=url, caption=caption, media=named))

    return read


CONTENTS: Mapping[str, Callable[[Fields], Content | None]] = {
    "text": _text,
    "button": _template_button,
    "interactive": _interactive,
    "order": _order,
    "location": _location,
    "contacts": _contacts,
    "image": _media("image", MediaKind.PICTURE),
    "audio": _media("audio", MediaKind.VOICE),
    "voice": _media("voice", MediaKind.VOICE),
    "video": _media("video", MediaKind.VIDEO),
    "document": _media("document", MediaKind.DOCUMENT),
    "sticker": _media("sticker", MediaKind.STICKER),
}
