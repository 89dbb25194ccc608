"""A shop's terms of trade: what its file's [delivery], [[zones]] and [payments] say, with the numbers
of its model's preset filled in. They are kept as one JSON document in `ShopRow.settings`."""

from dataclasses import asdict, dataclass, field, replace

from sqlalchemy import inspect

from flows.ports.delivery import Fulfilment
from store import after_sale, delivery_terms, platform_terms, stock_terms
from store.after_sale import AfterSale
from store.delivery_terms import DeliveryTerms
from store.dispatch import terms as dispatch_terms
from store.dispatch.terms import USUAL, DispatchTerms
from store.loyalty.terms import PointsTerms, kept_points, points_of
from store.models import ShopRow
from store.models.base import JsonList, JsonMap
from store.platform_terms import PlatformTerms
from store.slot_terms import SlotTerms
from store.stock_terms import StockTerms


@dataclass(frozen=True, slots=True)
class Road:
    """One way the goods reach the customer. `fee` is in minor units, `eta` as the shop wrote it."""

    kind: Fulfilment
    fee: int = 0
    eta: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """Areas that cost the same. `fee` None: what the road costs. `per_km`: by distance where that is
    known, at least the `minimum`."""

    name: str
    areas: tuple[str, ...] = ()
    fee: int | None = None
    eta: str | None = None
    per_km: int | None = None
    minimum: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What can be named: its areas, or the zone itself where it lists none."""
        return self.areas or (self.name,)


@dataclass(frozen=True, slots=True)
class Supplier:
    """Whose goods the shop sells on; `phone` is E.164. `shop` is the slug of their own shop here, whose
    goods can be listed; None where they have none."""

    key: str
    name: str
    phone: str
    shop: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """`most_of_one` of None: the platform's limit. `accept_each`: paid orders wait for the seller.
    `bargain`: how far below its price anything goes where nothing else is written, in hundredths of a
    percent. So is `wholesale_commission`, the platform's part of what customers buy at wholesale prices;
    None: as of everything. `payout_approval_above` in minor units; None: the platform's limit. `tax` is
    added to what the goods cost after all deductions, in hundredths of a percent. `slots` None: its
    customers do not choose when. `points` None: the shop counts none. `own_areas` are those that the seller
    named by phone, each a zone of its own; `anywhere`: the file names no zones, and any place is brought to.
    `platform` is set only where this is the platform's own line, and no seller's shop."""

    roads: tuple[Road, ...] = (Road(Fulfilment.PICKUP),)
    zones: tuple[Zone, ...] = ()
    rails: tuple[str, ...] = ("cash",)
    most_of_one: int | None = None
    accept_each: bool = False
    bargain: int = 0
    wholesale_commission: int | None = None
    suppliers: tuple[Supplier, ...] = ()
    payout_approval_above: int | None = None
    tax: int = 0
    points: PointsTerms | None = None
    after_sale: AfterSale = field(default_factory=AfterSale)
    slots: SlotTerms | None = None
    dispatch: DispatchTerms = USUAL
    delivery: DeliveryTerms = field(default_factory=DeliveryTerms)
    stock: StockTerms = field(default_factory=StockTerms)
    own_areas: tuple[Zone, ...] = ()
    anywhere: bool = True
    platform: PlatformTerms | None = None

    @property
    def all_zones(self) -> tuple[Zone, ...]:
        return (*self.zones, *self.own_areas)

    def road(self, kind: Fulfilment) -> Road | None:
        return next((road for road in self.roads if road.kind is kind), None)

    def zone(self, name: str | None) -> Zone | None:
        return next((zone for zone in self.all_zones if zone.name == name), None)


def as_settings(terms: Terms) -> JsonMap:
    """The document that `terms_of` reads."""
    return {
        "delivery": {r.kind.value: {"fee": r.fee, "eta": r.eta} for r in terms.roads},
        "zones": [_zone(zone) for zone in terms.zones],
        "delivery_terms": delivery_terms.as_document(terms.delivery),
        "payments": {
            "rails": list(terms.rails),
            "payout_approval_above": terms.payout_approval_above,
        },
        "most_of_one": terms.most_of_one,
        "accept_each": terms.accept_each,
        "bargain": terms.bargain,
        "wholesale_commission": terms.wholesale_commission,
        "tax": terms.tax,
        "slots": asdict(terms.slots) if terms.slots else None,
        "points": kept_points(terms.points),
        "after_sale": after_sale.as_document(terms.after_sale),
        "stock": dict(stock_terms.as_document(terms.stock)),
        "dispatch": dispatch_terms.as_document(terms.dispatch),
        "platform": platform_terms.as_document(terms.platform),
        "suppliers": [
            {"key": s.key, "name": s.name, "phone": s.phone, "shop": s.shop}
            for s in terms.suppliers
        ],
    }


def _zone(zone: Zone) -> JsonMap:
    kept = {"name": zone.name, "areas": list(zone.areas), "fee": zone.fee, "eta": zone.eta}
    return {**kept, "per_km": zone.per_km, "minimum": zone.minimum}


@dataclass(frozen=True, slots=True)
class _Read:
    """The terms, and the documents that said so. Whoever changes one puts another in its place: SQLAlchemy
    would write no other change down."""

    settings: JsonMap
    own_areas: JsonList | None
    terms: Terms


def terms_of(shop: ShopRow) -> Terms:
    """The terms as the books keep them; a shop without any offers pickup, for cash. A turn asks for them
    again and again, so they are read once for each row and document."""
    beside = inspect(shop).info
    found: _Read | None = beside.get(_Read)
    if (
        found is None
        or found.settings is not shop.settings
        or found.own_areas is not shop.own_areas
    ):
        found = beside[_Read] = _Read(shop.settings, shop.own_areas, _read(shop))
    return found.terms


def _read(shop: ShopRow) -> Terms:
    kept = shop.settings
    # In the order of the enumeration: JSON documents keep none on PostgreSQL.
    roads = tuple(
        Road(kind, kept["delivery"][kind.value]["fee"], kept["delivery"][kind.value]["eta"])
        for kind in Fulfilment
        if kind.value in kept.get("delivery", {})
    )
    zones = tuple(Zone(**{**zone, "areas": tuple(zone["areas"])}) for zone in kept.get("zones", ()))
    own = tuple(Zone(area["name"], (), area["fee"]) for area in shop.own_areas or ())
    plain = Terms()
    return Terms(
        roads=roads or plain.roads,
        zones=_besides(zones, own),
        own_areas=own,
        anywhere=not zones,
        rails=tuple(kept.get("payments", {}).get("rails", plain.rails)),
        most_of_one=kept.get("most_of_one"),
        accept_each=kept.get("accept_each", False),
        bargain=kept.get("bargain", 0),
        wholesale_commission=kept.get("wholesale_commission"),
        suppliers=tuple(Supplier(**each) for each in kept.get("suppliers", ())),
        payout_approval_above=kept.get("payments", {}).get("payout_approval_above"),
        tax=kept.get("tax", 0),
        stock=stock_terms.stock_terms(shop),
        slots=SlotTerms(**kept["slots"]) if kept.get("slots") else None,
        points=points_of(kept.get("points")),
        after_sale=after_sale.after_sale_of(kept.get("after_sale")),
        delivery=delivery_terms.read_document(kept.get("delivery_terms", {})),
        dispatch=dispatch_terms.dispatch_of(kept.get("dispatch", {})),
        platform=platform_terms.platform_of(kept.get("platform")),
    )


def _besides(zones: tuple[Zone, ...], own: tuple[Zone, ...]) -> tuple[Zone, ...]:
    """The file's zones without the areas that the seller has named since."""
    taken = {area.name.casefold() for area in own}
    left = []
    for zone in zones:
        names = tuple(name for name in zone.names if name.casefold() not in taken)
        if names:
            left.append(zone if names == zone.names else replace(zone, areas=names))
    return tuple(left)
