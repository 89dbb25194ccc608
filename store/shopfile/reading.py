"""From files to values: every mistake of every file, or none."""

import tomllib
from collections.abc import Collection, Sequence
from decimal import Decimal
from pathlib import Path

from store.shopfile.after_sale_section import read_after_sale
from store.shopfile.claims import claims_twice
from store.shopfile.coupon_section import Known, read_coupons
from store.shopfile.delivery_section import RAILS, read_payments, read_roads
from store.shopfile.dispatch_section import read_dispatch
from store.shopfile.fee_section import read_fees
from store.shopfile.line_section import read_line
from store.shopfile.listing_section import read_listings
from store.shopfile.mistakes import Mistake, ShopFileError
from store.shopfile.people_section import read_riders, read_staff
from store.shopfile.platform_section import read_platform
from store.shopfile.points_section import read_points
from store.shopfile.product_section import read_products
from store.shopfile.promotion_section import read_promotions
from store.shopfile.shop_section import read_shop
from store.shopfile.slots_section import read_slots
from store.shopfile.stock_section import read_stock_terms
from store.shopfile.supplier_section import read_suppliers
from store.shopfile.table import Table
from store.shopfile.values import ShopFile
from store.shopfile.zone_section import read_zones
from store.terms import Terms


def read_files(paths: Sequence[Path], rails: Collection[str] = RAILS) -> tuple[ShopFile, ...]:
    """Read and check shop files, also against each other; `rails` are the ways to pay that a shop may
    name. Raises ShopFileError."""
    mistakes: list[Mistake] = []
    files = []
    for path in paths:
        try:
            files.append(read_text(path.read_text(encoding="utf-8"), path.name, rails))
        except OSError as error:
            mistakes.append(Mistake(str(path), "", f"cannot be read: {error.strerror}"))
        except UnicodeDecodeError:
            mistakes.append(Mistake(path.name, "", "is not UTF-8 text"))
        except ShopFileError as error:
            mistakes.extend(error.mistakes)
    mistakes.extend(claims_twice(files))
    if mistakes:
        raise ShopFileError(mistakes)
    return tuple(files)


def read_text(text: str, file: str, rails: Collection[str] = RAILS) -> ShopFile:
    """One file's text; `file` is what mistakes call it. Raises ShopFileError."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise ShopFileError([Mistake(file, "", f"is not TOML: {error}")]) from error
    mistakes: list[Mistake] = []
    made = _read(Table(data, file, "", mistakes), file, rails)
    if mistakes:
        raise ShopFileError(mistakes)
    return made


def _read(top: Table, file: str, known: Collection[str]) -> ShopFile:
    inner = top.table("shop")
    if not top.has("shop"):
        top.wrong("shop", "is missing")
    shop = read_shop(inner or Table({}, file, "shop.", []))
    zones, gazetteer = read_zones(top.tables("zones"), shop.currency)
    delivery = top.table("delivery")
    roads = read_roads(delivery, zones, shop.currency, top)
    fees = read_fees(delivery, roads, zones, gazetteer, shop.currency, top)
    slots = read_slots(delivery)
    if delivery is not None:
        delivery.close()
    suppliers = read_suppliers(top.tables("suppliers"), shop.country)
    payments = read_payments(top.table("payments"), shop.currency, known)
    terms = Terms(
        roads=roads,
        slots=slots,
        zones=zones,
        delivery=fees,
        anywhere=not zones,
        rails=payments.rails,
        most_of_one=shop.most_of_one,
        accept_each=shop.accept_each,
        bargain=shop.bargain,
        tax=shop.tax,
        points=read_points(top.table("points"), shop.currency),
        wholesale_commission=shop.wholesale_commission,
        suppliers=suppliers,
        payout_approval_above=payments.payout_approval_above,
        after_sale=read_after_sale(top.table("after_sale")),
        dispatch=read_dispatch(top.table("dispatch"), shop.currency),
        platform=read_platform(top.table("platform"), shop.country),
        stock=read_stock_terms(top.table("stock")),
    )
    products = read_products(
        top.tables("products"), shop.currency, [each.key for each in suppliers], shop.timezone
    )
    listings = read_listings(top.tables("listings"), shop.currency, suppliers, products)
    made = ShopFile(
        file=file,
        slug=shop.slug,
        name=shop.name,
        model=shop.model,
        country=shop.country,
        currency=shop.currency,
        locales=shop.locales,
        timezone=shop.timezone,
        location=shop.location,
        owner=shop.owner,
        hours=shop.hours,
        minimum_order=shop.minimum_order,
        commission=shop.commission,
        sms_letters=shop.sms_letters,
        terms=terms,
        credentials=payments.credentials,
        lines=tuple(read_line(table, shop.country) for table in top.tables("lines")),
        products=products,
        listings=listings,
        riders=read_riders(top.tables("riders"), shop.country, zones),
        staff=read_staff(top.tables("staff"), shop),
        coupons=read_coupons(
            top.tables("coupons"), Known.of(products, shop.currency, shop.timezone)
        ),
        promotions=read_promotions(
            top.tables("promotions"), shop.currency, shop.timezone, products
        ),
    )
    top.close()
    return made
