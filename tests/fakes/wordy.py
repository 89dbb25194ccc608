"""A shop that says everything at length: the longest names that people really give things, letters that
old handsets lack, prices of wholesale lots, and more goods than one page holds."""

from dataclasses import replace
from datetime import timedelta

from flows.money import Money
from flows.ports.catalogue import Variant
from flows.ports.delivery import DeliveryOption, Fulfilment
from flows.ports.payments import RailOption, Way
from tests.fakes.ports import NOW, SHOP, FakeShop, goods, ugx

NAME = "Nakasero Women’s Co-operative Fresh Foods & Household Supplies (Kampala) Ltd"
INFO = replace(
    SHOP,
    name=NAME,
    locales=("en", "sw", "fr"),
    location="Nakasero Market, upper level, third row behind the fish sellers, stalls 114–118",
    is_open=False,
    opens_at=NOW + timedelta(days=2),
    minimum_order=Money(1_000, "UGX"),
)
RICE = "Premium Long Grain Aromatic Basmati Rice “Super Quality” – Imported"
SHELF = (
    goods(
        "rice",
        RICE,
        1_250_000,
        code=12,
        unit="50 kilogramme sack",
        variants=(
            Variant("rice-1kg", "extra long grain [gold], 1kg family packet", ugx(6_000), 3),
            Variant("rice-5kg", "extra long grain [gold], 25kg catering sack", ugx(1_195_000), 9),
            *(
                Variant(f"rice-{n}", f"lot {n} of the {2000 + n} harvest, unsorted", ugx(n), 2)
                for n in range(3, 9)
            ),
        ),
    ),
    goods(
        "milk", "Fresh pasteurised whole milk in returnable glass bottles 🥛", 350_000, unit="crate"
    ),
    goods("beans", "Nambale red-and-white speckled beans, hand sorted, new crop", 5_000, free=2),
    goods("soap", "Multi-purpose laundry bar soap {blue|white} 800g", 4_000, category="home"),
    goods("salt", "Iodised table salt, 12 packets of 500g", 1_000, free=0),
    *(
        goods(f"oil-{n}", f"Refined sunflower & palm cooking oil, jerrycan no. {n}", 98_765_000 + n)
        for n in range(12)
    ),
)
AREAS = (
    "Kamwokya – Church Zone near the old Kobil petrol station roundabout",
    "Ntinda Industrial Area, Stretcher Road up to Ministers’ Village",
    "Ntinda Village",
    *(f"Wandegeya, Makerere University main gate stage number {n}" for n in range(8)),
)


def wordy_shop() -> FakeShop:
    shop = FakeShop(SHELF, INFO)
    shop.catalogue.category_names = {
        "food": "Dry foods, cereals, pulses, flour & everything for the kitchen",
        "home": "Cleaning materials, detergents, toiletries and household hardware",
        **{f"more-{n}": f"Another category with a rather long name, number {n}" for n in range(9)},
    }
    shop.delivery.covered = AREAS
    shop.delivery.ways = (
        DeliveryOption(Fulfilment.PICKUP, ugx(0), "ready in about 30 minutes, ask at the counter"),
        DeliveryOption(Fulfilment.STANDARD, ugx(5_000), "between 60 and 90 minutes", varies=True),
        DeliveryOption(Fulfilment.EXPRESS, ugx(1_110_000), "30-45 minutes in the city centre"),
    )
    shop.payments.rails = tuple(
        RailOption(name, way, troubled=name == "airtel")
        for name, way in (
            ("mtn-momo", Way.PROMPT),
            ("airtel", Way.PROMPT),
            ("paystack", Way.LINK),
            ("flutterwave", Way.LINK),
            ("cash", Way.CASH),
        )
    )
    shop.customer.kept = replace(
        shop.customer.kept, area=AREAS[0], landmark="the blue gate", payer="+256782999999"
    )
    return shop
