"""From values to rows. Loading the same file again changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.credentials import give_shop
from store.ids import new_id
from store.listings.listed import on_sale
from store.lookup.upkeep import keep_as_it_is
from store.models import ShopRow
from store.sealing import NoVault, Vault
from store.settling import settle
from store.shopfile.claims import claims_taken
from store.shopfile.load_coupons import load_coupons
from store.shopfile.load_goods import load_goods
from store.shopfile.load_lines import drop_lines, load_lines
from store.shopfile.load_listings import load_listings
from store.shopfile.load_people import load_people
from store.shopfile.load_pools import load_pools
from store.shopfile.load_promotions import load_promotions
from store.shopfile.load_stock import load_stock
from store.shopfile.mistakes import Mistake, ShopFileError
from store.shopfile.values import ShopFile
from store.snapshot import changed as catalogue_changed
from store.terms import as_settings


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of one file. `products` counts what is on sale now."""

    slug: str
    created: bool
    changed: bool
    products: int


def load(
    session: Session, files: Sequence[ShopFile], now: datetime, vault: Vault | None = None
) -> Sequence[Loaded]:
    """Bring the books to what the files say, in the caller's transaction. Raises ShopFileError, and has
    then written nothing, when an address or a currency is not theirs to take, or `vault` has no key for
    the credentials that they bring."""
    vault = vault or NoVault()
    slugs = [file.slug for file in files]
    known = {
        shop.slug: shop
        for shop in session.scalars(
            select(ShopRow).where(ShopRow.slug.in_(slugs)).order_by(ShopRow.id).with_for_update()
        )
    }
    mistakes = [
        *claims_taken(session, files, vault),
        *_other_currency(files, known),
        *_without_a_key(files, vault),
    ]
    if mistakes:
        raise ShopFileError(mistakes)
    shops = [_shop(session, file, known.get(file.slug), now, vault) for file in files]
    session.flush()
    dropped = [
        drop_lines(session, shop, file) for (shop, _), file in zip(shops, files, strict=True)
    ]
    loaded = [
        _load(
            session, file, shop, now, vault, created=file.slug not in known, changed=changed or lost
        )
        for (shop, changed), lost, file in zip(shops, dropped, files, strict=True)
    ]
    # A supplier may stand in a later file than their reseller.
    listed = [
        load_listings(session, shop, file, now)
        for (shop, _), file in zip(shops, files, strict=True)
    ]
    return [
        replace(one, changed=one.changed or more, products=one.products + on_sale(session, shop))
        for one, more, (shop, _) in zip(loaded, listed, shops, strict=True)
    ]


def _other_currency(files: Sequence[ShopFile], known: dict[str, ShopRow]) -> list[Mistake]:
    """Every amount in the books is in the shop's currency, so that it stays what it was."""
    return [
        Mistake(file.file, "shop.currency", f"was {shop.currency}, and cannot change")
        for file in files
        if (shop := known.get(file.slug)) is not None and shop.currency != file.currency
    ]


def _without_a_key(files: Sequence[ShopFile], vault: Vault) -> list[Mistake]:
    """Credentials are never written down as they are."""
    places = [
        (file.file, key)
        for file in files
        for key, given in (
            *((f"lines[{n}].credentials", line.credentials) for n, line in enumerate(file.lines)),
            ("payments.credentials", file.credentials),
        )
        if given and not vault.has_key
    ]
    reason = "there is no key to seal them with: set CREDENTIAL_KEYS (flask --app wsgi keys new)"
    return [Mistake(file, key, reason) for file, key in places]


def _shop(
    session: Session, file: ShopFile, shop: ShopRow | None, now: datetime, vault: Vault
) -> tuple[ShopRow, bool]:
    if shop is None:
        shop = ShopRow(id=new_id(), slug=file.slug, settings={}, created_at=now)
        session.add(shop)
    brought = give_shop(vault, shop, file.credentials)
    changed = settle(
        shop,
        name=file.name,
        model=file.model,
        country=file.country,
        currency=file.currency,
        locales=list(file.locales),
        timezone=file.timezone,
        location=file.location,
        owner=file.owner,
        hours=dict(file.hours),
        minimum_order=file.minimum_order,
        commission=file.commission,
        sms_letters=file.sms_letters,
        settings=as_settings(file.terms),
    )
    return shop, changed or brought


def _load(
    session: Session,
    file: ShopFile,
    shop: ShopRow,
    now: datetime,
    vault: Vault,
    *,
    created: bool,
    changed: bool,
) -> Loaded:
    changed |= load_lines(session, shop, file, vault)
    changed |= load_people(session, shop, file, now)
    goods = load_goods(session, shop, file)
    promotions = load_promotions(session, shop, file)
    changed |= load_coupons(session, shop, file, now)
    changed |= load_pools(session, shop, file)
    changed |= load_stock(session, shop, file, now)
    session.flush()
    if (goods or promotions) and not created:
        catalogue_changed(session, shop)
    if goods:
        keep_as_it_is(session, shop)
    return Loaded(file.slug, created, changed or goods or promotions, len(file.products))
