"""[delivery] and [payments]: the ways that goods and money take."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from flows.money import Money
from flows.ports.delivery import Fulfilment
from store.shopfile.presets import ROADS
from store.shopfile.table import Table
from store.terms import Road, Zone

# Where nobody says which there are.
RAILS = ("mtn-momo", "airtel", "paystack", "flutterwave", "cash", "wallet")


def read_roads(
    table: Table | None, zones: Sequence[Zone], currency: str, top: Table
) -> tuple[Road, ...]:
    """The ways a shop delivers: what [delivery] says, else what is usual for the currency. Zones are
    delivered to even where no fee is written for the whole town."""
    roads = _written(table, currency) if table else _usual(currency)
    if zones and not any(road.kind is Fulfilment.STANDARD for road in roads):
        roads.append(Road(Fulfilment.STANDARD))
    if not roads:
        top.wrong("delivery", "there is no way to get the goods: allow pickup, or write standard")
    return tuple(roads)


def _usual(currency: str) -> list[Road]:
    plain = ((Fulfilment.PICKUP, 0, None),)
    return [
        Road(kind, Money.of(fee, currency).minor, eta)
        for kind, fee, eta in ROADS.get(currency, plain)
    ]


def _written(table: Table, currency: str) -> list[Road]:
    roads = []
    pickup = _pickup(table, currency)
    if pickup is not None:
        roads.append(pickup)
    for kind in (Fulfilment.STANDARD, Fulfilment.EXPRESS):
        inner = table.table(kind.value)
        if inner is not None:
            roads.append(_road(kind, inner, currency))
    return roads


def _pickup(table: Table, currency: str) -> Road | None:
    """true, false, or a table with a fee and an eta."""
    if isinstance(table.value("pickup"), dict):
        inner = table.table("pickup")
        return _road(Fulfilment.PICKUP, inner, currency) if inner else None
    return Road(Fulfilment.PICKUP) if table.truth("pickup", default=True) else None


def _road(kind: Fulfilment, table: Table, currency: str) -> Road:
    road = Road(kind, table.amount("fee", currency) or 0, table.text("eta", longest=30))
    table.close()
    return road


@dataclass(frozen=True, slots=True)
class Payments:
    """The rails, cash alone where nothing is written; the shop's own credentials for them; and from what
    amount on, in minor units, staff approve a payout."""

    rails: tuple[str, ...] = ("cash",)
    credentials: Mapping[str, str] = field(default_factory=dict)
    payout_approval_above: int | None = None


def read_payments(table: Table | None, currency: str, known: Collection[str] = RAILS) -> Payments:
    """`known` are the rails that a shop may name."""
    if table is None:
        return Payments()
    rails = table.texts("rails") or ("cash",)
    for place, rail in enumerate(rails):
        table.check_word(f"rails[{place}]", rail, known)
    credentials = table.strings("credentials")
    above = table.amount("payout_approval_above", currency)
    table.close()
    return Payments(rails, credentials, above)
