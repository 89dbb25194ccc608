"""What a short link leads to, read from the books."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.entry.links import Wanted
from bot.ports import scope_at
from bot.world import World
from flows.ports.catalogue import Product
from flows.ports.shop import Standing
from flows.ways import Way
from store.catalogue import ShopCatalogue
from store.entrances import find_shop, ways_into
from store.models import ShopRow
from store.standing import standing_of

# A page lists no more goods than these: it is read on a small screen, and its bytes are paid for.
MOST_LISTED = 12
# What is not yet verified, or may no longer sell, is nobody's to see.
SHOWN = (Standing.LIVE, Standing.PAUSED)


@dataclass(frozen=True, slots=True)
class Found:
    """A shop's page, or one product's. `goods` are some that the shop sells, on its own page."""

    shop: ShopRow
    wanted: Wanted
    ways: Sequence[Way]
    product: Product | None = None
    goods: Sequence[Product] = ()


def find(
    world: World, session: Session, slug: str, code: int | None, token: str | None
) -> Found | None:
    """None where no such shop is open to customers, or it sells nothing by this code."""
    shop = find_shop(session, slug)
    if shop is None or standing_of(shop, world.clock()) not in SHOWN:
        return None
    wanted = Wanted(shop.slug, shop.name, code, token)
    ways = ways_into(session, shop.id)
    catalogue = ShopCatalogue(scope_at(world, session, shop), "retail")
    if code is None:
        shown = [goods.sku for goods in catalogue.snapshot.goods if goods.code][:MOST_LISTED]
        return Found(shop, wanted, ways, goods=catalogue.products(shown))
    product = catalogue.by_code(code)
    return Found(shop, wanted, ways, product) if product is not None else None
