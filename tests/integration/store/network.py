"""A supplier and two resellers of hers, for tests."""

from market import AMINA, Market
from sqlalchemy import select

from flows.ports.delivery import Fulfilment
from store.due import DUTIES
from store.models import ShopRow
from store.shopfile import load, read_text
from store.transaction import Sessions, run

SUPPLIER = """
[shop]
slug = "wax"
name = "Balogun Wax"
country = "NG"
locales = ["en"]
owner = "+2348030000001"

[[products]]
sku = "ankara"
name = "Ankara 6 yards"
category = "Fabrics"
price = 12000
wholesale_price = 10000
stock = 3

[[products]]
sku = "lace"
name = "Swiss lace"
category = "Fabrics"
[[products.variants]]
sku = "lace-white"
attributes = { colour = "white" }
price = 30000
stock = 5
[[products.variants]]
sku = "lace-gold"
attributes = { colour = "gold" }
price = 36000
stock = 2

[delivery]
pickup = true

[payments]
rails = ["cash"]
"""

RESELLER = """
[shop]
slug = "{slug}"
name = "{slug}"
model = "reseller"
country = "NG"
locales = ["en"]
owner = "+234803000010{n}"

[[suppliers]]
key = "balogun"
name = "Balogun Wax"
phone = "+2348030000001"
shop = "wax"

[[listings]]
from = "balogun"
{listing}

[delivery]
pickup = true

[payments]
rails = ["cash"]
"""

BY_MARKUP = 'categories = ["Fabrics"]\nmarkup = 20'


def reseller(slug: str, n: int = 1, listing: str = BY_MARKUP) -> str:
    return RESELLER.format(slug=slug, n=n, listing=listing)


def open_wax(sessions: Sessions) -> Market:
    """The supplier's shop, "wax"; "ada" lists all her fabrics, "bisi" the Ankara alone."""
    market = Market(sessions, slug="wax")
    files = [reseller("ada", 1), SUPPLIER, reseller("bisi", 2, 'skus = ["ankara"]\nprice = 15000')]
    read = [read_text(text, f"{place}.toml") for place, text in enumerate(files)]
    run(sessions, lambda s: load(s, read, market.now))
    return market


def at(market: Market, slug: str) -> Market:
    return Market(market.sessions, now=market.now, slug=slug)


def clock(market: Market, *names: str) -> dict[str, Market]:
    """Do what is due of these duties, listings where none is named; what was told, by shop."""
    shops = {}
    for duty in DUTIES:
        if duty.name not in (names or ("outdated_listings",)):
            continue
        due = market.do(lambda s, d=duty: d.find(s.session, s.rules, s.now, 50))
        for shop_id, subject in due:
            slug = market.do(lambda s, i=shop_id: s.session.scalar(
                select(ShopRow.slug).where(ShopRow.id == i)))  # fmt: skip
            shop = shops.setdefault(slug, at(market, slug))
            shop.do(lambda s, d=duty, i=subject: d.act(s, i))
    return shops


def buy(market: Market, slug: str, sku: str, quantity: int):
    return at(market, slug).try_to_buy(
        (sku, quantity), phone=AMINA, fulfilment=Fulfilment.PICKUP, area=None
    )
