"""What texts are filled with to see how long they become: long names and big amounts, as they occur."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from flows.message import Clock, Elastic, Message, Value, verbatim
from flows.money import Money

AMOUNT = Money(1_250_000, "UGX")
FEE = Money(10_000, "UGX")
PHONE = "+256772123456"
AT = datetime(2026, 12, 23, 11, 5, tzinfo=UTC)
GOODS = "Super Rice 25kg"
AREA = "Kyaliwajjala"
LINES = (
    Message("cart-line", quantity=12, name=GOODS, total=AMOUNT),
    Message("cart-line", quantity=2, name="Cooking Oil 5L", total=FEE),
)

SAMPLES: Mapping[str, Value] = {
    **dict.fromkeys(("address", "customer", "payer", "phone"), PHONE),
    **dict.fromkeys(
        (
            "amount",
            "due",
            "got",
            "minimum",
            "missing",
            "paid",
            "per",
            "price",
            "saving",
            "there",
            "total",
            "wanted",
            "worth",
        ),
        AMOUNT,
    ),
    **dict.fromkeys(("after", "before", "fee", "keeps"), FEE),
    **dict.fromkeys(("came", "went"), AMOUNT),
    **dict.fromkeys(("ends", "opens", "starts", "until"), Clock(AT)),
    **dict.fromkeys(("held", "left", "most", "on_hand", "open_orders", "quantity", "used"), 12),
    **dict.fromkeys(("balance", "least", "number", "successor"), 10234),
    **dict.fromkeys(("about", "label", "mention", "name"), GOODS),
    "area": AREA,
    "average": "4.6",
    "areas": Elastic((AREA, "Kamwokya", "Ntinda", "Bukoto", "Nakawa")),
    "asked": "2.5",
    "choices": LINES,
    "code": "4821",
    "collect": Message("have-cash-ready", total=AMOUNT),
    "date": AT,
    "day": Message("day-mon"),
    "eta": "60-90 min",
    "extension": "12",
    "facts": Message("alert-again-wanted", number=10234, phone=PHONE),
    "first": Message("day-mon"),
    "holds": AMOUNT,
    "hours": "07:00-13:00, 14:30-20:00",
    "items": Elastic((f"{GOODS} x12", "Cooking Oil 5L x2", "Bar Soap", "Milk x4")),
    "kept": Message("goods-kept", until=Clock(AT)),
    "landmark": "blue gate next to the pharmacy",
    "language": "Luganda",
    "how": Message("receipt-how", rail=Message("rail-mtn-momo"), reference="4471"),
    "last": Message("day-sat"),
    "lines": LINES,
    "link": "https://shop.example.com/r/2b7k4m9x0q3w8e5r1t6y0z",
    "location": "Nakasero Market, upper level, stall 114",
    "next": Message("next-top-up"),
    "now": Message("job-accepted"),
    "offer": Message(
        "rider-offer",
        number=10234,
        shop="Mama Njeri Foods",
        place=AREA,
        collect=Message("rider-collect", total=AMOUNT),
    ),
    "goods": Elastic((GOODS, "Cooking Oil 5L", "Bar Soap")),
    "percent": "12.5",
    **dict.fromkeys(("buy", "free"), 2),
    **dict.fromkeys(("tax", "usual"), FEE),
    "pay": Message("pay-from", rail=Message("rail-mtn-momo"), payer=PHONE),
    "payment": Message("unpaid-word"),
    "place": Message("place-fast", area=AREA),
    "rail": Message("rail-mtn-momo"),
    "reason": Message("failure-wrong-address"),
    "reference": "4471",
    "refund": Message("refund-coming", refund=AMOUNT),
    "rider": "Okello Moses",
    "said": Message("refused-pending"),
    "second": Message("fee-why-half", price=AMOUNT),
    "shop": "Mama Njeri Foods",
    "minutes": 45,
    "since": Clock(AT),
    "sku": "rice-25kg",
    "slot": Message("slot", starts=AT, ends=Clock(AT)),
    "stars": 2,
    "standing": Message("standing-without-rider"),
    "status": Message("status-waiting"),
    "step": Message("notice-shipped-rider", number=10234, rider="Okello Moses", phone=PHONE),
    "tier": Message("tier-platinum"),
    "text": "20000 per bag",
    "slug": "mama-njeri",
    "told": Message("alert-handed-over", who=PHONE, words="Can I get it for less?"),
    "unit": "bag",
    "what": Message("move-given-back"),
    "where": Message("place-with-landmark", area=AREA, landmark="blue gate"),
    "who": PHONE,
    "why": "the shop is closed",
    "word": "DELIVERED",
    "words": "Can you bring it before noon?",
}
# These are a message in one text, and a value by itself in another.
OWN: Mapping[tuple[str, str], Value] = {
    ("refund-coming", "refund"): AMOUNT,
    ("notice-became-pickup-refund", "refund"): FEE,
    **dict.fromkeys(
        (
            ("alert-return-asked", "refund"),
            ("notice-goods-back-refund", "refund"),
            ("notice-goods-back-cash", "refund"),
            ("done-returned-refund", "refund"),
            ("done-returned-cash", "refund"),
        ),
        AMOUNT,
    ),
    ("alert-rating-words", "told"): Message(
        "alert-badly-rated", number=10234, stars=2, phone=PHONE
    ),
    ("reviews-words", "lines"): (
        Message("review-line", stars=5, words="Fresh and on time"),
        Message("review-line", stars=2, words="The bag was open"),
    ),
    ("slot", "starts"): AT,
    ("desk-return-line", "items"): f"{GOODS} x12",
    ("notice-late-money-refund", "refund"): AMOUNT,
    ("offer", "what"): Message("offer-percent", percent="12.5"),
    ("offer-until", "what"): Message("offer-percent", percent="12.5"),
    ("offer-on", "what"): Message("offer-percent", percent="12.5"),
    ("offer-from", "what"): Message("offer-percent", percent="12.5"),
    ("promo-line", "what"): Message("offer-percent", percent="12.5"),
    ("refused-sale-outside", "lowest"): FEE,
    **dict.fromkeys(
        ((key, "name") for key in ("promo-line", "promo-stopped", "promo-paused", "promo-resumed")),
        "FRIDAY",
    ),
    ("offer-from", "least"): AMOUNT,
    **dict.fromkeys((("offer", "name"), ("offer-until", "name")), "FRIDAY"),
    ("refused-limits", "least"): FEE,
    ("refused-limits", "most"): AMOUNT,
    ("refused-limits-least", "least"): FEE,
    ("refused-limits-steps", "step"): FEE,
    ("refused-limits-steps", "why"): Message(
        "refused-limits", rail=Message("rail-mtn-momo"), least=FEE, most=AMOUNT
    ),
    ("wallet-paid", "left"): AMOUNT,
    ("wallet-moves", "lines"): (
        Message("wallet-move", date=AT, what=Message("move-top-up"), amount=AMOUNT),
        Message("wallet-move-order", date=AT, what=Message("move-paid"), number=10234, amount=FEE),
    ),
    ("verbatim", "text"): GOODS,
    **dict.fromkeys(
        (
            ("notice-payout-paid", "left"),
            ("notice-payout-failed", "left"),
            ("notice-cash-received", "left"),
            ("notice-hand-over-differs", "left"),
            ("notice-hand-over-differs", "said"),
            ("notice-hand-over-denied", "said"),
            ("cash-said", "said"),
            ("notice-hand-over-denied", "left"),
            ("handed-denied", "left"),
            ("cash-received", "left"),
        ),
        AMOUNT,
    ),
    ("alert-day-differences", "day"): Message(
        "alert-day-ended", count=12, shop="Mama Njeri Foods", came=AMOUNT, went=FEE
    ),
    **dict.fromkeys((("rider-day", "failed"), ("rider-day", "drops")), 12),
    ("rider-day", "earned"): AMOUNT,
    ("rider-day-cash", "facts"): Message(
        "rider-day", shop="Mama Njeri Foods", drops=12, failed=2, earned=AMOUNT
    ),
    ("desk-order", "lines"): (
        Message("desk-order-item", quantity=12, name=GOODS),
        Message("desk-order-item", quantity=2, name="Cooking Oil 5L"),
    ),
}
COUNT = 12


def filled(key: str, names: Iterable[str], *, plural: bool) -> Message:
    """The message `key`, with something of the usual length for every name."""
    values = {
        name: OWN.get((key, name)) or SAMPLES.get(name, verbatim(GOODS))
        for name in names
        if name != "count"
    }
    return Message(key, count=COUNT if plural else None, **values)
