"""What brings somebody to a shop, drawn before they come."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from scripts.simulate.files import Place

WAYS = ("fulfilment-standard", "fulfilment-express", "fulfilment-pickup")
# Whose number it is decides which wallet it has.
WALLETS = {"+25677": "mtn-momo", "+25670": "airtel"}
# Shillings that are put into a shop's wallet.
TOP_UPS = (30_000, 60_000, 150_000)


@dataclass(frozen=True, slots=True)
class Wants:
    """`errands` are said before the checkout, in order. `buys` False: only asks. `walks_out`: leaves at
    the last question. `afterwards`: what is done once the order is placed, and after how many seconds.
    `stars` 0: gives none. `patient`: waits for what is sold out."""

    goods: Sequence[str]
    errands: Sequence[str]
    buys: bool
    walks_out: bool
    way: str
    rail: str
    afterwards: Sequence[tuple[str, float]]
    stars: int
    patient: bool


def draw_wants(random: Random, place: Place, prefix: str) -> Wants:
    """Of somebody whose number begins with `prefix`."""
    goods = random.sample(list(place.goods), random.choice((1, 1, 2, 3)))
    buys = random.random() < 0.82
    rail = _rail(random, place, prefix)
    errands = [*_asks(random, goods), *(_buys(random, goods) if buys else ())]
    if buys and rail == "wallet":
        errands.insert(0, f"top-up:{random.choice(TOP_UPS)}")
    return Wants(
        goods=goods,
        errands=errands or [f"price:{goods[0]}"],
        buys=buys,
        walks_out=random.random() < 0.08,
        way=random.choices(WAYS, (6, 2, 3))[0],
        rail=rail,
        afterwards=_afterwards(random),
        stars=random.choices((0, 5, 4, 3, 1), (4, 4, 2, 1, 1))[0],
        patient=random.random() < 0.7,
    )


def _asks(random: Random, goods: Sequence[str]) -> Sequence[str]:
    errands: list[str] = []
    if random.random() < 0.15:
        errands.append("odd")
    if random.random() < 0.1:
        errands.append("offers")
    if random.random() < 0.3:
        errands.append(f"price:{goods[0]}")
    if random.random() < 0.15:
        errands += [f"price:{goods[0]}", "bargain"]
    return errands


def _buys(random: Random, goods: Sequence[str]) -> Sequence[str]:
    errands = [f"buy:{what}" for what in goods]
    if random.random() < 0.2:
        errands.append(f"coupon:{random.choice(('KARIBU5', 'KARIBU5', 'OVER2020', 'NOSUCH1'))}")
    if random.random() < 0.08:
        errands.append("points")
    return errands


def _rail(random: Random, place: Place, prefix: str) -> str:
    """The one of their own phone, seldom cash, and now and then the wallet that the shop keeps."""
    own = WALLETS.get(prefix[:6])
    if own is None:
        return random.choice(("paystack", "flutterwave"))
    if own not in place.rails:
        return "cash"
    if "wallet" in place.rails and random.random() < 0.15:
        return "wallet"
    return random.choices((own, "cash"), (5, 1))[0]


def _afterwards(random: Random) -> Sequence[tuple[str, float]]:
    planned: list[tuple[str, float]] = []
    if random.random() < 0.3:
        planned.append(("track", random.uniform(300, 3600)))
    if random.random() < 0.07:
        planned.append(("cancel", random.uniform(120, 2400)))
    elif random.random() < 0.05:
        planned.append(("return", random.uniform(3 * 3600, 6 * 3600)))
    return planned
