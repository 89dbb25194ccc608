"""What a person's phone makes of a deed, as the webhook brings it.

Source: as in channels/meta/webhook.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

Json: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Who:
    """A person: `phone` is E.164, None for those who hide it; then there is a `user_id`."""

    phone: str | None = None
    user_id: str | None = None
    name: str | None = None

    @property
    def key(self) -> str:
        """As messages to them are addressed."""
        return self.phone or self.user_id or ""

    @property
    def contact(self) -> Json:
        return {
            "profile": {"name": self.name or "Somebody"},
            **({"wa_id": self.phone.removeprefix("+")} if self.phone else {}),
            **({"user_id": self.user_id} if self.user_id else {}),
        }

    @property
    def sender(self) -> Json:
        return {
            **({"from": self.phone.removeprefix("+")} if self.phone else {}),
            **({"from_user_id": self.user_id} if self.user_id else {}),
        }


def text(words: str) -> Json:
    return {"type": "text", "text": {"body": words}}


def button(option: str, title: str) -> Json:
    """A reply button was pressed."""
    reply = {"type": "button_reply", "button_reply": {"id": option, "title": title}}
    return {"type": "interactive", "interactive": reply}


def row(option: str, title: str, description: str | None) -> Json:
    """A row of a list was chosen."""
    chosen = {"id": option, "title": title} | ({"description": description} if description else {})
    reply = {"type": "list_reply", "list_reply": chosen}
    return {"type": "interactive", "interactive": reply}


def quick_reply(payload: str, words: str) -> Json:
    """A button under a template was pressed."""
    return {"type": "button", "button": {"payload": payload, "text": words}}


def order(items: Sequence[tuple[str, int]], currency: str, words: str = "") -> Json:
    """WhatsApp's own basket; each thing at a price that the sender's phone believes in."""
    listed = [
        {"product_retailer_id": sku, "quantity": pieces, "item_price": 1, "currency": currency}
        for sku, pieces in items
    ]
    return {"type": "order", "order": {"catalog_id": "1", "text": words, "product_items": listed}}


def location(latitude: float, longitude: float, name: str = "") -> Json:
    place = {"latitude": latitude, "longitude": longitude} | ({"name": name} if name else {})
    return {"type": "location", "location": place}


def image(media: str, caption: str = "") -> Json:
    """A picture, by the id under which Meta keeps it."""
    told = {"caption": caption} if caption else {}
    return {"type": "image", "image": {"id": media, "mime_type": "image/jpeg", **told}}


def message(who: Who, content: Json, identifier: str, at: datetime, replies_to: str | None) -> Json:
    context = {"context": {"id": replies_to}} if replies_to else {}
    return {
        **who.sender,
        "id": identifier,
        "timestamp": str(int(at.timestamp())),
        **context,
        **content,
    }


def envelope(values: Sequence[Json]) -> Json:
    """One webhook with these values, each in a change of its own."""
    changes = [{"field": "messages", "value": value} for value in values]
    return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": changes}]}


def value_of(address: str, **parts: Sequence[Json]) -> Json:
    """What happened at one of the business's numbers."""
    metadata = {"display_phone_number": address, "phone_number_id": address}
    return {"messaging_product": "whatsapp", "metadata": metadata, **parts}
