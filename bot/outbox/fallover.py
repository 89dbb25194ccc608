"""When WhatsApp or a sender's number fails for good, what matters goes by SMS."""

from sqlalchemy.orm import Session

from bot.addressee import OWN_LETTERS
from bot.outbox.queue import Letter, put
from bot.world import World
from channels.channel import Medium
from channels.render.gsm import plain, segments
from store.models import AddressRow, OutboxRow, PersonRow, ShopRow
from store.scope import Woken
from store.shops import alert_address


def fall_over(
    world: World, session: Session, failed: OutboxRow, used: AddressRow, woken: Woken
) -> None:
    """Queue the same words on the shop's SMS address, in the letters that its SMS have, once: not where
    that address is what has failed."""
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
