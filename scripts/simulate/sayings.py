"""What people write, by what they want and in their language. `{}` is filled by who says it."""

from collections.abc import Mapping, Sequence

Said = Mapping[str, Sequence[str]]

SAYINGS: Mapping[str, Said] = {
    "hello": {
        "en": ("hi", "hello", "good morning"),
        "fr": ("bonjour", "salut", "bonjour, je voudrais commander"),
        "sw": ("habari", "mambo", "hujambo"),
        "pcm": ("how far", "abeg good morning", "how una dey"),
    },
    "buy": {
        "en": ("{n} {what} please", "i want {n} {what}", "{n} {what}"),
        "fr": ("je veux {n} {what} svp", "je prends {n} {what}", "{n} {what}"),
        "sw": ("nataka {what} {n}", "naomba {n} {what}", "{n} {what}"),
        "pcm": ("abeg i wan buy {n} {what}", "i want {n} {what}", "abeg give me {n} {what}"),
    },
    "price": {
        "en": ("how much is {what}", "price of {what}?"),
        "fr": ("c'est combien {what}", "quel est le prix de {what}"),
        "sw": ("{what} ni bei gani", "bei ya {what}"),
        "pcm": ("how much be {what}", "{what} na how much"),
    },
    "bargain": {
        "en": ("can you reduce the price",),
        "fr": ("vous pouvez diminuer le prix",),
        "sw": ("punguza bei",),
        "pcm": ("abeg reduce the price",),
    },
    "checkout": {
        "en": ("checkout",),
        "fr": ("commander",),
        "sw": ("nalipia",),
        "pcm": ("i wan pay",),
    },
    "coupon": {
        "en": ("coupon {code}",),
        "fr": ("coupon {code}",),
        "sw": ("kuponi {code}",),
        "pcm": ("coupon {code}",),
    },
    "points": {
        "en": ("use my points",),
        "fr": ("utiliser mes points",),
        "sw": ("tumia pointi zangu",),
        "pcm": ("use my points",),
    },
    "top-up": {
        "en": ("top up {what}",),
        "fr": ("recharger {what}",),
        "sw": ("weka pesa {what}",),
        "pcm": ("top up {what}",),
    },
    "offers": {
        "en": ("any promotions?",),
        "fr": ("les promos",),
        "sw": ("kuna ofa",),
        "pcm": ("any promo?",),
    },
    "track": {
        "en": ("where is my order", "track my order"),
        "fr": ("où est ma commande",),
        "sw": ("oda yangu iko wapi",),
        "pcm": ("where my order dey",),
    },
    "cancel": {
        "en": ("cancel order {number}",),
        "fr": ("annulez la commande {number}",),
        "sw": ("ghairi oda {number}",),
        "pcm": ("cancel order {number}",),
    },
    "return": {
        "en": ("return order {number}",),
        "fr": ("retourner la commande {number}",),
        "sw": ("rudisha oda {number}",),
        "pcm": ("return order {number}",),
    },
    "landmark": {
        "en": ("opposite the mosque",),
        "fr": ("en face de la mosquée",),
        "sw": ("mkabala na msikiti",),
        "pcm": ("opposite the mosque",),
    },
    "odd": {
        "en": ("do you know my cousin Peter",),
        "fr": ("tu as vu le match hier",),
        "sw": ("umeona mechi ya jana",),
        "pcm": ("you watch ball yesterday",),
    },
}
