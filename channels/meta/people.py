"""Who wrote a message: by phone, by business-scoped user id, or by both.

Source: Meta, "Business-scoped user IDs": a two-letter country code, a dot and up to 128 letters and
digits; "ENT." stands before these in a parent's id.
"""

import re

from channels.channel import Sender
from channels.clean import clean
from channels.meta.fields import Fields
from channels.phone import E164

USER_ID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")


def sender_of(message: Fields, value: Fields) -> Sender | None:
    """None when it is nobody who could be answered."""
    number = message.text("from")
    contact = _contact(value, number, message.text("from_user_id"))
    phone = _phone(number) or _phone(contact.text("wa_id"))
    user_id = _user_id(message.text("from_user_id")) or _user_id(contact.text("user_id"))
    if phone is None and user_id is None:
        return None
    return Sender(phone, user_id, clean(contact.under("profile").text("name"), 100).strip() or None)


def _contact(value: Fields, number: str, user_id: str) -> Fields:
    """The contact that goes with a message; in a batch each message has its own."""
    contacts = list(value.each("contacts"))
    for contact in contacts:
        if number and contact.text("wa_id") == number:
            return contact
        if user_id and contact.text("user_id") == user_id:
            return contact
    # A number is written in two ways in some countries: with one contact it can only be this one.
    return contacts[0] if len(contacts) == 1 and _alone(value) else Fields({})


def _alone(value: Fields) -> bool:
    return sum(1 for _ in value.each("messages")) == 1


def _phone(digits: str) -> str | None:
    phone = f"+{digits.removeprefix('+')}"
    return phone if E164.fullmatch(phone) else None


def _user_id(text: str) -> str | None:
    return text if USER_ID.fullmatch(text) else None
