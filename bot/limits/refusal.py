"""A message that has no turn: written down as done with, so that nothing is lost, and told why."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.addressee import reader_at
from bot.inbox import Aside, Destination, keep
from bot.limits.verdict import Verdict
from bot.outbox.queue import Letter, put
from channels.channel import Inbound, Medium
from channels.render import Reader, Words, render
from flows.message import Message
from flows.reply import Reply
from store.models import AddressRow, CustomerRow, PersonRow, ShopRow
from store.scope import Woken

# `failure` of what was put aside for this: no fault of ours, and nothing to try again.
TOO_FAST, TOO_MANY_DIAL = "too fast", "too many dial"
LIMITED = (TOO_FAST, TOO_MANY_DIAL)


@dataclass(frozen=True, slots=True)
class Refused:
    """`shop` is None where the address is shared and it was not found out which is meant."""

    address: AddressRow
    person: PersonRow
    shop: ShopRow | None
    inbound: Inbound
    verdict: Verdict


def put_aside(
    session: Session, words: Words, refused: Refused, now: datetime, woken: Woken
) -> None:
    """Write it down; tell the person, once in a window, in the language that they read here."""
    inbound, shop = refused.inbound, refused.shop
    dialled = inbound.medium is Medium.USSD
    tells = dialled or refused.verdict is Verdict.FIRST_TOO_MANY
    said = _words(session, words, refused, now) if tells else None
    failure = TOO_FAST if refused.verdict.too_fast else TOO_MANY_DIAL
    where = Destination(
        refused.address.id, refused.person.id, shop.id if shop else None, inbound.text
    )
    trace = uuid.uuid4()
    number = keep(session, inbound, where, now, Aside(failure, trace, said if dialled else None))
    recipient = refused.person.phone or refused.person.whatsapp_user_id
    if number is None or dialled or said is None or recipient is None:
        return
    shop_id = shop.id if shop else None
    letter = Letter(
        shop_id, refused.address, refused.person.id, recipient, said, "reply", trace=trace
    )
    put(session, letter, now, woken)


def _words(session: Session, words: Words, refused: Refused, now: datetime) -> str | None:
    """None for somebody who wants no more messages from this shop."""
    medium, shop = refused.inbound.medium, refused.shop
    customer = _customer(session, refused)
    stopped = refused.person.opted_out_at or (customer and customer.opted_out_at)
    if stopped and medium is not Medium.USSD:
        return None
    spoken = str(shop.locales[0]) if shop else "en"
    locale = (customer and customer.locale) or spoken
    reader = reader_at(shop, locale, "customer") if shop else Reader(locale, "UTC", "customer")
    message = Message("too-fast" if refused.verdict.too_fast else "too-many-dial")
    reply = Reply((message,), ends=True)
    rendered = render(reply, medium, reader, words, now, provider=refused.inbound.provider)
    return rendered.texts[0].text


def _customer(session: Session, refused: Refused) -> CustomerRow | None:
    if refused.shop is None:
        return None
    return session.scalar(
        select(CustomerRow).where(
            CustomerRow.shop_id == refused.shop.id, CustomerRow.person_id == refused.person.id
        )
    )
