"""Reading shop files: what is right becomes values, what is wrong is named."""

import json
from dataclasses import replace
from pathlib import Path

import phonenumbers
import pytest

from flows.ports.delivery import Fulfilment, Point
from store.after_sale import AfterSale
from store.delivery_terms import KnownArea, Scheme, as_document, read_document
from store.models import ShopRow
from store.shopfile import ShopFileError, read_files, read_text
from store.shopfile.values import FloorEntry
from store.slot_terms import SlotTerms
from store.terms import Road, Zone, as_settings, terms_of

DEMO_SHOPS = sorted((Path(__file__).parents[3] / "shops").glob("*.toml"))

GOOD = """
[shop]
slug = "njeri"
name = "Mama Njeri"
model = "marketplace"
country = "UG"
currency = "UGX"
locales = ["en", "lg"]
owner = "0700000101"
timezone = "Africa/Kampala"
alerts = ["0700 000 102", "+256700000101"]
commission = 7.5
minimum_order = "10,000"
hours = { mon = "08:00-12:00,14:00-20:00", fri = "18:00-02:00" }
[[lines]]
channel = "whatsapp"
provider = "twilio"
address = "whatsapp:+256700000100"
[[lines]]
channel = "sms"
provider = "africastalking"
address = 20880
keyword = "njeri"
tps = 20
credentials = { webhook_secret = "s3cret" }
[[lines]]
channel = "ussd"
provider = "africastalking"
address = "*284*77#"
extension = 4
[[products]]
sku = "rice"
name = "Rice"
aliases = ["mchele"]
category = "Grains"
unit = "bag"
price = 24000
wholesale_price = "22000"
stock = 7
code = 12
[[products.variants]]
sku = "rice-5kg"
attributes = { size = "5kg" }
[[products.variants]]
sku = "rice-25kg"
attributes = { size = "25kg" }
price = 115000
stock = 2
[[products]]
sku = "salt"
name = "Salt"
price = 1500
[delivery]
pickup = true
standard = { fee = 5000, eta = "60-90 min" }
express = { fee = 10000, eta = "30-45 min" }
[[zones]]
name = "Near"
areas = ["Kamwokya"]
fee = 3000
eta = "40 min"
[[riders]]
name = "Okello"
phone = "0700000111"
zones = ["Near"]
[[staff]]
name = "Achieng"
phone = "0700000103"
role = "seller"
[payments]
rails = ["mtn-momo", "cash"]
[payments.credentials]
user = "abc"
"""


def test_a_whole_file_is_read():
    shop = read_text(GOOD, "njeri.toml")
    assert (shop.slug, shop.country, shop.currency) == ("njeri", "UG", "UGX")
    assert (shop.commission, shop.minimum_order) == (750, 10000)
    assert [line.address for line in shop.lines] == ["+256700000100", "20880", "*284*77#"]
    assert (shop.lines[1].keyword, shop.lines[1].tps) == ("NJERI", 20.0)
    assert shop.lines[1].credentials == {"webhook_secret": "s3cret"}
    assert shop.lines[2].extension == "4"
    rice, salt = shop.products
    assert (rice.price, rice.wholesale_price, rice.code, rice.stock) == (24000, 22000, 12, None)
    assert [(v.sku, v.price, v.stock) for v in rice.variants] == [
        ("rice-5kg", None, 7),
        ("rice-25kg", 115000, 2),
    ]
    assert (salt.category, salt.stock, salt.code) == ("Other", None, None)
    assert shop.terms.roads == (
        Road(Fulfilment.PICKUP),
        Road(Fulfilment.STANDARD, 5000, "60-90 min"),
        Road(Fulfilment.EXPRESS, 10000, "30-45 min"),
    )
    assert shop.terms.most_of_one == 5
    assert shop.terms.rails == ("mtn-momo", "cash")
    assert shop.credentials == {"user": "abc"}
    assert [(s.phone, s.role, s.alerts) for s in shop.staff] == [
        ("+256700000102", "seller", True),
        ("+256700000101", "owner", True),
        ("+256700000103", "seller", False),
    ]


MINIMAL = """
[shop]
slug = "njeri"
name = "Njeri"
country = "UG"
"""


def test_the_least_file_takes_what_is_usual_where_it_is():
    shop = read_text(MINIMAL, "njeri.toml")
    assert (shop.currency, shop.timezone, shop.locales) == ("UGX", "Africa/Kampala", ("en",))
    assert (shop.minimum_order, shop.terms.most_of_one, shop.hours) == (None, None, {})
    assert [(road.kind.value, road.fee) for road in shop.terms.roads] == [
        ("pickup", 0),
        ("standard", 5000),
        ("express", 10000),
    ]


def test_elsewhere_it_is_pickup_alone():
    shop = read_text(MINIMAL.replace("UG", "NG"), "njeri.toml")
    assert shop.currency == "NGN"
    assert [road.kind.value for road in shop.terms.roads] == ["pickup"]


@pytest.mark.parametrize(
    ("written", "letters"),
    [("", "plain"), ('sms_letters = "plain"', "plain"), ('sms_letters = "own"', "own")],
)
def test_a_shop_pays_for_its_own_letters_only_when_it_says_so(written: str, letters: str):
    assert read_text(f"{MINIMAL}{written}\n", "x").sms_letters == letters


def test_the_marketplace_has_a_minimum_that_a_file_may_lift():
    marketplace = MINIMAL + 'model = "marketplace"\n'
    assert read_text(marketplace, "x").minimum_order == 30000
    assert read_text(marketplace + "minimum_order = 0\n", "x").minimum_order is None


def test_floors_are_amounts_or_percentages_and_a_shop_has_a_usual_one():
    text = GOOD.replace("commission = 7.5", "commission = 7.5\nbargain = 7.5")
    text = text.replace("price = 1500", 'price = 1500\nfloor = "10%"')
    text = text.replace("price = 115000", 'price = 115000\nfloor = "100,000"')
    shop = read_text(text, "njeri.toml")
    assert shop.terms.bargain == 750
    rice, salt = shop.products
    assert [v.floor for v in rice.variants] == [FloorEntry(), FloorEntry(amount=100000)]
    assert (rice.floor, salt.floor) == (FloorEntry(), FloorEntry(off=1000))


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("", AfterSale()),
        ("[after_sale]\nreturn_days = 0\n", AfterSale(return_days=0)),
        ("[after_sale]\ncancel_keeps = 12.5\n", AfterSale(cancel_keeps=1250)),
        ("[after_sale]\nrefusal_keeps = 5\n", AfterSale(refusal_keeps=500)),
    ],
    ids=["usual", "no returns", "cancel", "refusal"],
)
def test_what_comes_after_the_sale_is_the_shop_s_own(written: str, terms: AfterSale):
    assert read_text(MINIMAL + written, "a.toml").terms.after_sale == terms


@pytest.mark.parametrize(
    ("written", "terms"),
    [
        ("", None),
        ("[delivery]\nslots = false\n", None),
        ("[delivery]\nslots = true\n", SlotTerms()),
        ("[delivery]\nslots = { length = 60, most = 3 }\n", SlotTerms(length=60, most=3)),
    ],
    ids=["none", "false", "usual", "own"],
)
def test_windows_of_time_are_there_where_a_shop_writes_so(written: str, terms: SlotTerms | None):
    read = read_text(MINIMAL + written, "a.toml").terms
    assert read.slots == terms
    assert terms_of(ShopRow(settings=as_settings(read))) == read


def test_kobo_are_kept():
    text = MINIMAL.replace("UG", "NG") + '[[products]]\nsku = "a"\nname = "A"\nprice = 120.50\n'
    assert read_text(text, "x").products[0].price == 12050


def test_the_demo_shops_are_right_and_their_phones_could_be():
    files = read_files(DEMO_SHOPS)
    assert len(files) >= 3
    for file in files:
        for each in (*file.riders, *file.staff):
            assert phonenumbers.is_valid_number(phonenumbers.parse(each.phone))


def product(text: str) -> str:
    return MINIMAL + f'[[products]]\nsku = "a"\nname = "A"\nprice = 100\n{text}\n'


def line(text: str) -> str:
    return MINIMAL + f"[[lines]]\n{text}\n"


SMS = 'channel = "sms"\nprovider = "africastalking"\naddress = "20880"\n'
USSD = 'channel = "ussd"\nprovider = "africastalking"\naddress = "*284*77#"\n'

MISTAKES = [
    ("[shop", "", "not TOML"),
    ("", "shop", "missing"),
    ("shop = 3", "shop", "must be a table"),
    (MINIMAL.replace('name = "Njeri"', ""), "shop.name", "missing"),
    (MINIMAL.replace('"njeri"', '"Mama Njeri"'), "shop.slug", "is not"),
    (MINIMAL.replace('"UG"', '"XX"'), "shop.country", "not known"),
    (MINIMAL + 'currency = "BEER"', "shop.currency", "ISO 4217"),
    (MINIMAL + 'timezone = "Kampala"', "shop.timezone", "time zone"),
    (MINIMAL.replace('"UG"', '"CD"'), "shop.timezone", "missing"),
    (MINIMAL + 'model = "market"', "shop.model", "marketplace"),
    (MINIMAL + "commission = 101", "shop.commission", "100 percent"),
    (MINIMAL + "commission = -1", "shop.commission", "negative"),
    (MINIMAL + 'owner = "12"', "shop.owner", "phone"),
    (MINIMAL + 'alerts = ["hello"]', "shop.alerts[0]", "phone"),
    (MINIMAL + 'locales = ["English"]', "shop.locales[0]", "language"),
    (MINIMAL + 'hours = { mon = "8-20" }', "shop.hours.mon", "08:00-20:00"),
    (MINIMAL + 'hours = { monday = "08:00-20:00" }', "shop.hours.monday", "did you mean mon?"),
    (MINIMAL + 'adress = "x"', "shop.adress", "unknown key"),
    (MINIMAL + "minimum_ordr = 5", "shop.minimum_ordr", "did you mean minimum_order?"),
    (MINIMAL + "minimum_order = 12.5", "shop.minimum_order", "decimals"),
    (MINIMAL + "accept_each = 1", "shop.accept_each", "true or false"),
    (MINIMAL + 'sms_letters = "ours"', "shop.sms_letters", "use one of plain, own"),
    (MINIMAL + "sms_letters = true", "shop.sms_letters", "text"),
    (MINIMAL + "[shops]", "shops", "did you mean shop?"),
    ("products = 3\n" + MINIMAL, "products", "array of tables"),
    (product("").replace('sku = "a"\n', ""), "products[0].sku", "missing"),
    (product("").replace('"a"', '"a b"'), "products[0].sku", "is not a sku"),
    (product("").replace("100", "12.5"), "products[0].price", "decimals"),
    (product("").replace("100", '"cheap"'), "products[0].price", "not a number"),
    (product("").replace("100", "-5"), "products[0].price", "negative"),
    (product("").replace("100", "nan"), "products[0].price", "not a number"),
    (product("").replace("100", "true"), "products[0].price", "not a number"),
    (product("").replace("100", "9999999999999"), "products[0].price", "too much"),
    (product("").replace("price = 100\n", ""), "products[0].price", "missing"),
    (product("floor = 101"), "products[0].floor", "above the price"),
    (product("floor = 49"), "products[0].floor", "less than half"),
    (product('floor = "60%"'), "products[0].floor", "more than 50 percent"),
    (product('floor = "x%"'), "products[0].floor", "percentage off"),
    (product('floor = "cheap"'), "products[0].floor", "not a number"),
    (
        product(
            'floor = 90\n[[products.variants]]\nsku = "b"\nattributes = { size = 5 }\nprice = 95'
        ),
        "products[0].floor",
        "at each variant",
    ),
    (
        product('[[products.variants]]\nsku = "b"\nattributes = { size = 5 }\nfloor = 101'),
        "products[0].variants[0].floor",
        "above the price",
    ),
    (MINIMAL + "bargain = 51", "shop.bargain", "more than 50 percent"),
    (MINIMAL + 'bargain = "lots"', "shop.bargain", "not a number"),
    (product("stock = -1"), "products[0].stock", "between 0"),
    (product("stock = 1.5"), "products[0].stock", "whole number"),
    (product("code = 1000"), "products[0].code", "between 1 and 999"),
    (product('aliases = "b"'), "products[0].aliases", "list of texts"),
    (product('picture = "rice.jpg"'), "products[0].picture", "https"),
    (product("stok = 4"), "products[0].stok", "did you mean stock?"),
    (product('[[products]]\nsku = "A"\nname = "B"\nprice = 1'), "products[1].sku", "twice"),
    (
        product('code = 5\n[[products]]\nsku = "b"\nname = "B"\nprice = 1\ncode = 5'),
        "products[1].code",
        "twice",
    ),
    (
        product('aliases = ["x"]\n[[products]]\nsku = "b"\nname = "B"\nprice = 1\naliases = ["X"]'),
        "products[1].aliases[0]",
        "twice",
    ),
    (product('[[products.variants]]\nsku = "b"'), "products[0].variants[0].attributes", "missing"),
    (
        product('[[products.variants]]\nsku = "b"\nattributes = { size = 5 }\nprise = 3'),
        "products[0].variants[0].prise",
        "did you mean price?",
    ),
    (line('provider = "twilio"\naddress = "+256700000100"'), "lines[0].channel", "missing"),
    (line(SMS.replace('"sms"', '"smss"')), "lines[0].channel", "did you mean sms?"),
    (line(SMS.replace('"africastalking"', '"meta"')), "lines[0].provider", "not known"),
    (line(SMS.replace('"20880"', '"hello"')), "lines[0].address", "shortcode"),
    (line(USSD.replace('"*284*77#"', '"284"')), "lines[0].address", "service code"),
    (line(SMS + 'extension = "1"'), "lines[0].extension", "keyword"),
    (line(USSD + 'keyword = "njeri"'), "lines[0].keyword", "extension"),
    (line(USSD + 'extension = "0"'), "lines[0].extension", "digits"),
    (line(SMS + 'keyword = "two words"'), "lines[0].keyword", "one word"),
    (line(SMS + 'keyword = "stop"'), "lines[0].keyword", "already means"),
    (line(SMS + "tps = 0"), "lines[0].tps", "above 0"),
    (line(SMS + 'credentials = { usernam = "x" }'), "lines[0].credentials.usernam", "api_key"),
    (line(SMS + 'credentials = { username = "x" }'), "lines[0].credentials.username", "api_key"),
    (
        line(SMS + 'credentials = { auth_token = "x" }'),
        "lines[0].credentials.auth_token",
        "unknown",
    ),
    (
        line(SMS + 'credentials = { webhook_secret = "" }'),
        "lines[0].credentials.webhook_secret",
        "empty",
    ),
    (line(SMS + "credentials = { username = true }"), "lines[0].credentials", "texts"),
    (line(SMS + "credentials = 3"), "lines[0].credentials", "table of texts"),
    (line(SMS + "[[lines]]\n" + SMS), "lines[1].address", "each shop needs its own keyword"),
    (
        MINIMAL + "[delivery]\npickup = false",
        "delivery",
        "no way to get the goods",
    ),
    (MINIMAL + "[delivery]\nstandart = { fee = 5 }", "delivery.standart", "did you mean standard?"),
    (MINIMAL + "[delivery]\nstandard = { fee = 0.5 }", "delivery.standard.fee", "decimals"),
    (MINIMAL + "[delivery]\nstandard = 5000", "delivery.standard", "must be a table"),
    (
        MINIMAL + '[[zones]]\nname = "A"\nareas = ["X"]\n[[zones]]\nname = "B"\nareas = ["x"]',
        "zones[1].areas[0]",
        "twice",
    ),
    (MINIMAL + '[delivery]\nscheme = "distanse"', "delivery.scheme", "did you mean distance?"),
    (MINIMAL + '[delivery]\nscheme = "distance"', "delivery.origin", "is missing"),
    (MINIMAL + "[delivery]\nper_km = 500", "delivery.per_km", 'is of scheme = "distance"'),
    (MINIMAL + "[delivery]\norigin = [91.0, 32.5]", "delivery.origin", "latitude and longitude"),
    (MINIMAL + '[delivery]\npeak = "17-20"', "delivery.peak", "is not like"),
    (MINIMAL + '[delivery]\npeak = { fri = "17-20" }', "delivery.peak.fri", "is not like"),
    (MINIMAL + "[delivery]\nrain_factor = 130", "delivery.rain_factor", "like 1.2"),
    (MINIMAL + "[delivery]\nminimum = 5000\nmaximum = 400", "delivery.minimum", "the maximum"),
    (MINIMAL + "[delivery]\nhalf_from = 5\nfree_from = 5", "delivery.half_from", "less than"),
    (
        MINIMAL + '[delivery]\nscheme = "flat"\n[[zones]]\nname = "A"\nfee = 5',
        "delivery.scheme",
        "a zone has a fee",
    ),
    (MINIMAL + '[[zones]]\nname = "A"\nper_km = 5', "delivery.origin", "is missing"),
    (
        MINIMAL + '[delivery]\norigin = [0, 32]\n[[zones]]\nname = "A"\nfee = 3\nper_km = 5',
        "zones[0].per_km",
        "one of both",
    ),
    (MINIMAL + '[[zones]]\nname = "A"\nminimum = 5', "zones[0].minimum", "belongs to per_km"),
    (MINIMAL + '[[zones]]\nname = "A"\nareas = [3]', "zones[0].areas[0]", "must be a name"),
    (
        MINIMAL + '[[zones]]\nname = "A"\nareas = [{ also = ["B"] }]',
        "zones[0].areas[0].name",
        "missing",
    ),
    (
        MINIMAL + '[[zones]]\nname = "A"\nareas = ["B", { name = "C", also = ["b"] }]',
        "zones[0].areas[1]",
        "twice",
    ),
    (
        MINIMAL + '[[zones]]\nname = "A"\nareas = [{ name = "B", at = "here" }]',
        "zones[0].areas[0].at",
        "latitude and longitude",
    ),
    (
        MINIMAL
        + '[[zones]]\nname = "Near"\n[[riders]]\nname = "O"\nphone = "0700000111"\nzones = ["Naer"]',
        "riders[0].zones[0]",
        "did you mean Near?",
    ),
    (MINIMAL + '[[riders]]\nname = "O"\nphone = "07"', "riders[0].phone", "phone"),
    (MINIMAL + '[[riders]]\nphone = "0700000111"', "riders[0].name", "missing"),
    (MINIMAL + '[[staff]]\nname = "A"', "staff[0].phone", "missing"),
    (MINIMAL + '[payments]\nrails = ["mtn_momo"]', "payments.rails[0]", "did you mean mtn-momo?"),
]


@pytest.mark.parametrize(("text", "key", "reason"), MISTAKES, ids=lambda each: str(each)[-30:])
def test_a_mistake_is_named_by_file_key_and_reason(
    tmp_path: Path, text: str, key: str, reason: str
):
    path = tmp_path / "shop.toml"
    path.write_text(text)
    with pytest.raises(ShopFileError) as caught:
        read_files([path])
    [mistake] = caught.value.mistakes
    assert (mistake.file, mistake.key) == ("shop.toml", key)
    assert reason in mistake.reason
    assert str(mistake).startswith("shop.toml: ")


def test_all_mistakes_are_named_at_once():
    text = GOOD.replace("price = 24000", "price = 0.5").replace('"0700000111"', '"07"')
    with pytest.raises(ShopFileError) as caught:
        read_text("colour = 3\n" + text, "njeri.toml")
    keys = [mistake.key for mistake in caught.value.mistakes]
    assert sorted(keys) == ["colour", "products[0].price", "riders[0].phone"]
    assert str(caught.value).count("\n") == 2


def test_two_files_do_not_claim_one_slug_or_one_address(tmp_path: Path):
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text(GOOD)
    two.write_text(GOOD)
    with pytest.raises(ShopFileError) as caught:
        read_files([one, two])
    keys = [(mistake.file, mistake.key) for mistake in caught.value.mistakes]
    assert keys == [
        ("two.toml", "shop.slug"),
        ("two.toml", "lines[0].address"),
        ("two.toml", "lines[1].keyword"),
        ("two.toml", "lines[2].extension"),
    ]


def test_files_that_cannot_be_read_are_mistakes(tmp_path: Path):
    latin = tmp_path / "latin.toml"
    latin.write_bytes('[shop]\nname = "Café"'.encode("latin-1"))
    with pytest.raises(ShopFileError) as caught:
        read_files([tmp_path / "nothing.toml", latin])
    assert [mistake.reason.split(":")[0] for mistake in caught.value.mistakes] == [
        "cannot be read",
        "is not UTF-8 text",
    ]


def test_secrets_are_not_printed():
    assert "s3cret" not in repr(read_text(GOOD, "njeri.toml"))


FEES = """
[delivery]
scheme = "distance"
base = 4000
minimum = 3000
maximum = "20,000"
step = 500
peak = { fri = "17:00-20:00" }
peak_factor = 1.25
half_from = 100000
first_order_free = true
origin = [0.3136, 32.5811]
standard = { fee = 5000 }
[[zones]]
name = "Hills"
per_km = 700
minimum = 2000
areas = ["Muyenga", { name = "Ntinda", also = ["Intinda"], at = [0.35, 32.61] }]
"""


def test_fees_and_places_are_read_and_kept_as_they_are_written():
    terms = read_text(MINIMAL + FEES, "shop.toml").terms
    fees = terms.delivery
    assert (fees.scheme, fees.base, fees.per_km) == (Scheme.DISTANCE, 4000, 500)
    assert (fees.minimum, fees.maximum, fees.step) == (3000, 20_000, 500)
    assert (fees.peak, fees.peak_factor, fees.rain_factor) == ({"fri": "17:00-20:00"}, 125, 130)
    assert (fees.half_from, fees.free_from, fees.first_order_free) == (100_000, None, True)
    assert fees.gazetteer == (KnownArea("Ntinda", ("Intinda",), Point(0.35, 32.61)),)
    assert terms.zones == (Zone("Hills", ("Muyenga", "Ntinda"), per_km=700, minimum=2000),)
    assert read_document(json.loads(json.dumps(as_document(fees)))) == fees


def test_how_much_longer_bad_weather_takes_is_read_and_kept():
    rainy = "[delivery]\nrain_slower = 1.6\nstandard = { fee = 5000 }\n"
    fees = read_text(MINIMAL + rainy, "shop.toml").terms.delivery
    assert (fees.rain_slower, fees.storm_slower) == (160, 150)
    kept = json.loads(json.dumps(as_document(fees)))
    assert read_document(kept) == fees
    # A shop from before has what is usual.
    del kept["rain_slower"], kept["storm_slower"]
    assert read_document(kept) == replace(fees, rain_slower=130)
