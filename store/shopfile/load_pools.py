"""Loading what is counted together with other shops' goods: `pool = "kilimo:rice-5kg"`."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from store.listings.listed import listed_skus
from store.models import ShopRow
from store.pools import PoolError, leave, pooled, share
from store.shopfile.mistakes import Mistake, ShopFileError
from store.shopfile.values import ShopFile


def load_pools(session: Session, shop: ShopRow, file: ShopFile) -> bool:
    """Count goods where the file says, and what is in no pool any more on the shop's own row. The same
    supplier has the same phone in every shop. True when anything changed. Raises ShopFileError where some
    of it is held for open orders."""
    phones = {each.key: each.phone for each in file.terms.suppliers}
    wanted = {sku: (key, pool) for key, sku, pool in _pools(file)}
    changed = False
    listed = listed_skus(session, shop)
    for sku in sorted({*wanted, *pooled(session, shop)} - listed):
        key, pool = wanted.get(sku, ("products", None))
        try:
            if pool is None:
                changed |= leave(session, shop, sku)
            else:
                supplier, _, theirs = pool.partition(":")
                changed |= share(session, shop, sku, f"{phones[supplier]}:{theirs}")
        except PoolError as error:
            raise ShopFileError([Mistake(file.file, key, f"{sku}: {error}")]) from error
    return changed


def _pools(file: ShopFile) -> Iterator[tuple[str, str, str]]:
    """Where it stands in the file, the shop's sku, and the pool."""
    for place, product in enumerate(file.products):
        if product.pool is not None:
            yield f"products[{place}].pool", product.sku, product.pool
        for number, variant in enumerate(product.variants):
            if variant.pool is not None:
                key = f"products[{place}].variants[{number}].pool"
                yield key, variant.sku, variant.pool
