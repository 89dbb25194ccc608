"""The prices that were bargained for one cart. They stand in its row, so that who reads the cart has them."""

from datetime import datetime

from store.models import CartRow


def agree(cart: CartRow, sku: str, price: int, until: datetime) -> None:
    """From now until `until` one piece of `sku` costs this cart at most `price`, in minor units."""
    cart.agreed = {**cart.agreed, sku: [price, until.isoformat()]}


def agreement(cart: CartRow | None, sku: str) -> tuple[int, datetime] | None:
    """What was agreed for `sku`, and until when, over or not."""
    kept = cart.agreed.get(sku) if cart is not None else None
    return (int(kept[0]), datetime.fromisoformat(kept[1])) if kept else None


def agreed_price(cart: CartRow | None, sku: str, now: datetime) -> int | None:
    """What was agreed for one piece and still counts, in minor units."""
    found = agreement(cart, sku)
    return found[0] if found is not None and now < found[1] else None


def drop_lapsed(cart: CartRow, now: datetime) -> set[str]:
    """Forget the agreements that are over, and say which they were."""
    over = {sku for sku, (_, until) in cart.agreed.items() if datetime.fromisoformat(until) <= now}
    if over:
        cart.agreed = {sku: kept for sku, kept in cart.agreed.items() if sku not in over}
    return over
