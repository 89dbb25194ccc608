"""A shop's terms of trade: what its file's [delivery], [[zones]] and [payments] say, with the numbers
of its model's preset filled in. They are kept as one JSON document in `ShopRow.settings`."""

from dataclasses import dataclass

from flows.ports.delivery import Fulfilment
from store.models import ShopRow
from store.models.base import JsonMap


@dataclass(frozen=True, slots=True)
class Road:
    """One way the goods reach the customer. `fee` is in minor units, `eta` as the shop wrote it."""

    kind: Fulfilment
    fee: int = 0
    eta: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """Areas that cost the same. `fee` None: what the road costs."""

    name: str
    areas: tuple[str, ...] = ()
    fee: int | None = None
    eta: str | None = None


@dataclass(frozen=True, slots=True)
class Supplier:
    """Whose goods the shop sells on; `phone` is E.164."""

    key: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Terms:
    """`most_of_one` of None: the platform's limit. `accept_each`: paid orders wait for the seller.
    `bargain`: how far below its price anything goes where nothing else is written, in hundredths of a
    percent. So is `wholesale_commission`, the platform's part of what customers buy at wholesale prices;
    None: as of everything. `payout_approval_above` in minor units; None: the platform's limit."""

    roads: tuple[Road, ...] = (Road(Fulfilment.PICKUP),)
    zones: tuple[Zone, ...] = ()
    rails: tuple[str, ...] = ("cash",)
    most_of_one: int | None = None
    accept_each: bool = False
    bargain: int = 0
    wholesale_commission: int | None = None
    suppliers: tuple[Supplier, ...] = ()
    payout_approval_above: int | None = None

    def road(self, kind: Fulfilment) -> Road | None:
        return next((road for road in self.roads if road.kind is kind), None)

    def zone(self, name: str | None) -> Zone | None:
        return next((zone for zone in self.zones if zone.name == name), None)


def as_settings(terms: Terms) -> JsonMap:
    """The document that `terms_of` reads."""
    return {
        "delivery": {r.kind.value: {"fee": r.fee, "eta": r.eta} for r in terms.roads},
        "zones": [
            {"name": z.name, "areas": list(z.areas), "fee": z.fee, "eta": z.eta}
            for z in terms.zones
        ],
        "payments": {
            "rails": list(terms.rails),
            "payout_approval_above": terms.payout_approval_above,
        },
        "most_of_one": terms.most_of_one,
        "accept_each": terms.accept_each,
        "bargain": terms.bargain,
        "wholesale_commission": terms.wholesale_commission,
        "suppliers": [{"key": s.key, "name": s.name, "phone": s.phone} for s in terms.suppliers],
    }


def terms_of(shop: ShopRow) -> Terms:
    """The terms as the books keep them; a shop without any offers pickup, for cash."""
    kept = shop.settings
    # In the order of the enumeration: JSON documents keep none on PostgreSQL.
    roads = tuple(
        Road(kind, kept["delivery"][kind.value]["fee"], kept["delivery"][kind.value]["eta"])
        for kind in Fulfilment
        if kind.value in kept.get("delivery", {})
    )
    zones = tuple(
        Zone(z["name"], tuple(z["areas"]), z["fee"], z["eta"]) for z in kept.get("zones", ())
    )
    plain = Terms()
    return Terms(
        roads=roads or plain.roads,
        zones=zones,
        rails=tuple(kept.get("payments", {}).get("rails", plain.rails)),
        most_of_one=kept.get("most_of_one"),
        accept_each=kept.get("accept_each", False),
        bargain=kept.get("bargain", 0),
        wholesale_commission=kept.get("wholesale_commission"),
        suppliers=tuple(Supplier(**each) for each in kept.get("suppliers", ())),
        payout_approval_above=kept.get("payments", {}).get("payout_approval_above"),
    )
