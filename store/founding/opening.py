"""A shop is made out of what its seller has said."""

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from flows.happenings import ShopFounded
from flows.ports.catalogue import UNSORTED
from flows.ports.founding import Draft, Founded
from flows.ports.orders import Role
from flows.ports.refusals import BadAmount, NoPhone, Refusal, TooManyShops
from flows.ports.shop import Standing
from intents.folding import fold
from store.actor import Actor
from store.addresses import lock_addressing
from store.catalogue import SNAPSHOTS
from store.founding.doors import open_doors
from store.ids import new_id
from store.models import CategoryRow, LineRow, PersonRow, ShopRow, StaffRow
from store.pictures.wanting import want
from store.platform_terms import PlatformTerms
from store.scope import Scope
from store.stall.adding import add, price_of
from store.terms import as_settings, terms_of

OWNER = "owner"
MOST_SHOPS = 3
MOST_TOLD = 2
LONGEST_SLUG = 30
_LETTERS = re.compile(r"[a-z0-9]+")


def found(scope: Scope, person: PersonRow, draft: Draft) -> Founded | Refusal:
    """The platform's shop is the scope's; a new shop begins with its country, money and terms. Its row
    stays locked until the end: who opens shops at the same time does so one after the other."""
    terms = terms_of(scope.shop)
    if person.phone is None:
        return NoPhone()
    # Nothing is made before it is sure that all of it can be.
    price = price_of(scope, draft.first) if draft.first is not None else None
    if isinstance(price, BadAmount):
        return price
    scope.session.execute(
        select(ShopRow.id).where(ShopRow.id == scope.shop.id).with_for_update(key_share=True)
    )
    if _owned(scope, person.id) >= MOST_SHOPS:
        return TooManyShops(MOST_SHOPS)
    shop = _shop(scope, person.phone, draft)
    scope.session.add(shop)
    scope.session.flush()
    scope.session.add(
        StaffRow(
            id=new_id(), shop_id=shop.id, person_id=person.id, name=draft.owner, role=OWNER,
            locale=draft.locale, alerts=True,
        )
    )  # fmt: skip
    category = draft.goods or UNSORTED
    scope.session.add(CategoryRow(id=new_id(), shop_id=shop.id, name=category, position=0))
    doors = open_doors(scope, terms.platform or PlatformTerms(), shop)
    _speak_with(scope, person.id, shop)
    if draft.first is not None:
        here = replace(scope, shop=shop)
        snapshot = SNAPSHOTS.of(scope.session, shop)
        added = add(here, snapshot, draft.first, Actor(Role.SELLER, person.id))
        if draft.picture is not None and not isinstance(added, Refusal):
            want(here, added.sku, draft.picture)
    scope.tell(
        ShopFounded(
            draft.name, shop.slug, draft.goods, draft.place, draft.owner, person.phone,
            *_doubts(scope, shop, person.id),
        )
    )  # fmt: skip
    return Founded(shop.slug, shop.name, Standing.PENDING, doors)


def _owned(scope: Scope, person_id: UUID) -> int:
    return (
        scope.session.scalar(
            select(func.count())
            .select_from(StaffRow)
            .join(ShopRow, ShopRow.id == StaffRow.shop_id)
            .where(
                StaffRow.person_id == person_id,
                StaffRow.role == OWNER,
                StaffRow.active,
                ShopRow.status != Standing.CLOSED.value,
            )
        )
        or 0
    )


def _doubts(scope: Scope, shop: ShopRow, person_id: UUID) -> Sequence[tuple[str, ...]]:
    """The slugs of shops that customers could take this one for, the platform's own line among them, and of
    those of its owner's that the platform has stopped."""
    alike = func.lower(ShopRow.name) == shop.name.lower()
    owns = select(StaffRow.shop_id).where(
        StaffRow.person_id == person_id, StaffRow.role == OWNER, StaffRow.active
    )
    stopped = and_(ShopRow.status == Standing.SUSPENDED.value, ShopRow.id.in_(owns))
    open_ones = (ShopRow.id != shop.id, ShopRow.status != Standing.CLOSED.value)
    rows = scope.session.execute(
        select(ShopRow.slug, alike, stopped)
        .where(*open_ones, or_(alike, stopped))
        .order_by(ShopRow.created_at)
    ).all()
    return (
        tuple(slug for slug, same, _ in rows if same)[:MOST_TOLD],
        tuple(slug for slug, _, ended in rows if ended)[:MOST_TOLD],
    )


def _shop(scope: Scope, phone: str, draft: Draft) -> ShopRow:
    platform, terms = scope.shop, terms_of(scope.shop)
    spoken = list(dict.fromkeys([draft.locale, *map(str, platform.locales)]))
    return ShopRow(
        id=new_id(),
        slug=_slug(scope, draft.name),
        name=draft.name,
        model=platform.model,
        country=platform.country,
        currency=platform.currency,
        locales=spoken,
        timezone=platform.timezone,
        location=draft.place,
        owner=phone,
        hours={},
        minimum_order=platform.minimum_order,
        commission=platform.commission,
        sms_letters=platform.sms_letters,
        settings=as_settings(replace(terms, platform=None, suppliers=())),
        status=Standing.PENDING.value,
        created_at=scope.now,
    )


def _slug(scope: Scope, name: str) -> str:
    """ "mama-njeri", or "mama-njeri-2" where that is another shop."""
    base = "-".join(_LETTERS.findall(fold(name)))[:LONGEST_SLUG].strip("-") or "shop"
    taken = set(scope.session.scalars(select(ShopRow.slug).where(ShopRow.slug.startswith(base))))
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _speak_with(scope: Scope, person_id: UUID, shop: ShopRow) -> None:
    """On an address that is shared, what the seller writes next is for the new shop."""
    addresses = scope.session.scalars(
        select(LineRow.address_id)
        .where(LineRow.shop_id == shop.id, LineRow.keyword.is_not(None))
        .order_by(LineRow.address_id)
    )
    for address_id in addresses.all():
        lock_addressing(scope.session, address_id, person_id).shop_id = shop.id
