"""A little Kinyarwanda, as the folder of a language is laid out. Enough to see that a folder is enough."""

from collections.abc import Mapping

from scripts.catalogues.texts import Text, Texts

NUMBERS = """
joiners = ["na"]
after_noun = true

[values]
rimwe = 1
kabiri = 2
gatatu = 3
atatu = 3
kane = 4
gatanu = 5
icumi = 10
makumyabiri = 20
ijana = 100

[leading_scales]
magana = 100
ibihumbi = 1000

[fractions]
igice = "0.5"

[suffixes]
k = 1000
"""

WORDS = """
names = ["ikinyarwanda", "kinyarwanda"]
carriers = ["mumpe", "ndashaka", "bigura", "angahe"]
function = ["ni", "bya"]
polite = ["mwihangane"]
separators = ["na"]
currencies = ["rwf", "frw"]
choice_fillers = ["nda", "kuri"]
place_fillers = ["icya"]
stop = ["hagarika"]
start = ["ongera"]

[whole]
affirm = ["yego"]
deny = ["oya"]
greet = ["muraho"]

[verbs]
add_to_cart = ["mumpe", "ndashaka"]

[commands]
OK = ["emeza"]

[ordinals]
kabiri = 2

[navigation]
back = ["subira inyuma"]

[choices]
cash = ["amafaranga mu ntoki"]
"""

SLOTS = """
product = ["umuceri", "isukari", "amata", "umunyu", "amavuta", "ifu"]
quantity = ["2", "3", "kabiri", "gatatu", "10"]
"""

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "greet": ("muraho", "muraho neza", "mwaramutse", "mwiriwe neza", "amakuru yanyu"),
    "add_to_cart": (
        "mumpe {product} {quantity}",
        "ndashaka {product} {quantity}",
        "mumpe {product}",
        "ndashaka {product} {quantity} na {product}",
        "mumpe {product} {quantity} na {product} {quantity}",
    ),
    "ask_price": (
        "{product} bigura angahe",
        "{product} ni angahe",
        "igiciro cya {product} ni angahe",
        "{product} igura angahe",
    ),
    "affirm": ("yego", "yego rwose", "ni byo"),
    "deny": ("oya", "oya ntabwo", "ntabwo mbishaka"),
}

FILES: Mapping[str, str] = {
    "numbers.toml": NUMBERS,
    "words.toml": WORDS,
    "slots.toml": SLOTS,
    **{f"utterances/{intent}.txt": "\n".join(lines) for intent, lines in SENTENCES.items()},
}

TEXTS: Texts = {
    ("", "order-placed"): Text(
        ("Murakoze! Twakiriye komande {number}. Yose hamwe: {total} – mûrabeho.",), False
    ),
    ("short", "order-placed"): Text(("Murakoze! Komande {number}, {total}, mûrabeho.",), False),
    ("", "option-take-left"): Text(("Fata {count}", "Fata zose {count}"), True),
    **{
        ("", f"page-{name}"): Text((text,), False)
        for name, text in {
            "back": "Inyuma", "home": "Ahabanza", "more": "Ibindi", "previous": "Ibibanza",
        }.items()
    },
}  # fmt: skip
