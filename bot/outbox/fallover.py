"""When WhatsApp or a sender's number fails for good, what matters goes by SMS."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.addressee import OWN_LETTERS
from bot.outbox.queue import Letter, put
from bot.world import World
from channels.channel import Medium
from channels.interactive import load
from channels.meta.codes import PICTURE_FAULT
from channels.render.gsm import plain, segments
from channels.twilio.codes import PICTURE_FAULTS as TWILIOS
from store.addresses import alert_address
from store.models import AddressRow, OutboxRow, PersonRow, ShopRow
from store.scope import Woken

# The providers' codes for messages whose words could have been sent; no two mean different things by one.
PICTURE_FAULTS = frozenset(map(str, (PICTURE_FAULT, *TWILIOS)))


def fall_over(
    world: World,
    session: Session,
    failed: OutboxRow,
    used: AddressRow,
    code: str | None,
    woken: Woken,
) -> None:
    """Queue the same words on the shop's SMS address, in the letters that its SMS have, once: not where
    that address is what has failed. Where by the provider's
    `code` only the picture was at fault, all else is sent again."""
    if failed.media_url and failed.body and code in PICTURE_FAULTS:
        _without_picture(session, failed, used, world.clock(), woken)
        return
    if not failed.important or failed.shop_id is None or not failed.body:
        return
    person = session.get_one(PersonRow, failed.person_id)
    shop = session.get_one(ShopRow, failed.shop_id)
    sms = alert_address(session, shop, world.settings)
    if sms is None or sms.id == used.id or person.phone is None:
        return
    text = failed.body
    if sms.channel == Medium.SMS and shop.sms_letters != OWN_LETTERS:
        text = plain(text)
    letter = Letter(
        shop_id=failed.shop_id,
        address=sms,
        person_id=failed.person_id,
        recipient=person.phone,
        text=text,
        kind=failed.kind,
        segments=segments(text).count if sms.channel == Medium.SMS else 1,
        important=False,
        trace=failed.trace,
    )
    put(session, letter, world.clock(), woken)


def _without_picture(
    session: Session, failed: OutboxRow, used: AddressRow, now: datetime, woken: Woken
) -> None:
    """The words were what mattered, and what can be tapped under them."""
    letter = Letter(
        shop_id=failed.shop_id,
        address=used,
        person_id=failed.person_id,
        recipient=failed.recipient,
        text=failed.body,
        kind=failed.kind,
        payload=load(failed.payload) if failed.payload else None,
        important=failed.important,
        trace=failed.trace,
    )
    put(session, letter, now, woken)
