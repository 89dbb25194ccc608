"""The shops of the day: the demo shop files, with what they leave out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "shops"
# The pace at which a line may send is kept by a real clock; a day that takes minutes must not wait for it.
TPS = 1000
LANGUAGES = ("en", "fr", "sw", "pcm")

# What the day brings itself.
OWN_DEALS = re.compile(r"^\[\[?(?:points|coupons|promotions)\]\]?\n(?:(?!\[).*\n?)*", re.MULTILINE)
EXTRAS = """
[points]
per = 1000
worth = 10
least = 20
share = 50

[[coupons]]
code = "KARIBU5"
percent = 5
limit = 60
limit_each = 1

[[coupons]]
code = "OVER2020"
percent = 20
until = 2020-12-31

[[promotions]]
name = "HAPPY HOUR"
percent = 5
hours = "12:00-14:00"
"""
RIDERS = """
[[riders]]
name = "Tunde"
phone = "+2348030000511"
"""
WHATSAPP = re.compile(r'(channel = "whatsapp"\nprovider = )"twilio"\naddress = "[^"]+"')
NEGOTIABLE = 'sku = "charger-c"\n'


@dataclass(frozen=True, slots=True)
class Place:
    """A shop as its customers know it. `texts` is where SMS goes, `word` what a first one begins with.
    `prefix` begins the phone numbers of its customers; `goods` are said as its people say them, and
    `runs_out` is among them. `sky` is how it looks above the shop when the weather turns, None where it
    stays fine."""

    slug: str
    whatsapp_by: str
    whatsapp: str
    texts: str
    carrier: str
    word: str
    ussd: str
    prefix: str
    areas: Sequence[str]
    goods: Sequence[str]
    riders: Sequence[str]
    sellers: Sequence[str]
    rails: Sequence[str]
    runs_out: str
    sky: str | None


PLACES: Sequence[Place] = (
    Place(
        "kato-phones", "meta", "100000000000200", "20880", "africastalking", "KATO",
        "*284*20*1#", "+25677240",
        ("Wandegeya", "Kamwokya", "Ntinda", "Makerere", "Kireka"),
        ("itel 2160", "nokia 105", "charger usb-c", "usb-c cable", "power bank", "wired earphones"),
        ("+256700000211", "+256700000212"), ("+256700000201",),
        ("mtn-momo", "cash"), "charger usb-c", "storm",
    ),
    Place(
        "mama-njeri", "twilio", "+256700000100", "+256700000100", "twilio", "", "*284*77#", "+25677260",
        ("Kamwokya", "Bukoto", "Wandegeya", "Ntinda", "Kisaasi"),
        ("rice 5kg", "sugar 1kg", "bar soap", "cooking oil 1L", "milk", "bread", "salt", "rice 25kg"),
        ("+256700000111", "+256700000112", "+256700000113"), ("+256700000101",),
        ("mtn-momo", "airtel", "cash", "wallet"), "bar soap", "rain",
    ),
    Place(
        "adaeze", "meta", "100000000000500", "34461", "africastalking", "ADAEZE", "*347*20*1#", "+23480390",
        ("Yaba", "Surulere", "Ikeja", "Lekki"),
        ("ankara print", "headtie", "gown sewing", "coral beads"),
        ("+2348030000511",), ("+2348030000501",), ("paystack", "flutterwave"), "", None,
    ),
)  # fmt: skip


def write_shops(folder: Path) -> Sequence[Path]:
    """The files as they are loaded, a supplier before who sells its goods on."""
    extras: Mapping[str, str] = {
        "balogun-wax": "",
        "kato-phones": EXTRAS,
        "mama-njeri": EXTRAS,
        "adaeze": EXTRAS + RIDERS,
    }
    sources = {"balogun-wax": "ng-balogun-wax", "adaeze": "ng-adaeze-styles"}
    written = []
    for slug, more in extras.items():
        text = (FOLDER / f"{sources.get(slug, slug)}.toml").read_text(encoding="utf-8")
        path = folder / f"{slug}.toml"
        path.write_text(_made_fit(text, slug) + more, encoding="utf-8")
        written.append(path)
    return written


def _made_fit(text: str, slug: str) -> str:
    """In all the languages, with no pace to keep, WhatsApp by whichever provider the place has it, and
    prices that can be talked about."""
    spoken = ", ".join(f'"{locale}"' for locale in LANGUAGES)
    text = re.sub(r"^locales = .*$", f"locales = [{spoken}]", text, flags=re.MULTILINE)
    text = OWN_DEALS.sub("", text)
    text = re.sub(r"^tps = .*\n", "", text, flags=re.MULTILINE)
    text = text.replace("[[lines]]\n", f"[[lines]]\ntps = {TPS}\n")
    for place in PLACES:
        if place.slug == slug and place.whatsapp_by == "meta":
            text = WHATSAPP.sub(rf'\1"meta"\naddress = "{place.whatsapp}"', text, count=1)
    text = text.replace(NEGOTIABLE, f'{NEGOTIABLE}floor = "10%"\n')
    slots = "slots = true\n" if slug == "mama-njeri" else ""
    return text.replace("[delivery]\n", f"[delivery]\n{slots}")
