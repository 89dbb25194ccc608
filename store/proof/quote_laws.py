"""What an order comes to is the sum of what it is made of, and what made it cheaper was counted once."""

from store.proof import uses
from store.proof.law import Law
from store.proof.spelling import Spelling


def _adds_up(spell: Spelling) -> str:
    sum_of = "o.subtotal - o.discount + o.delivery_fee + o.tax"
    return f"""
        SELECT {spell.dashed("o.id")}, CAST({sum_of} AS TEXT), CAST(o.total AS TEXT)
        FROM orders o WHERE o.total <> {sum_of} OR o.total < 0"""


def _by_line(spell: Spelling) -> str:
    return f"""
        SELECT {spell.dashed("o.id")},
            CAST(o.subtotal AS TEXT) || ' less ' || CAST(o.discount AS TEXT),
            CAST(l.total AS TEXT) || ' less ' || CAST(l.discount AS TEXT) || ' in its lines'
        FROM orders o JOIN (
            SELECT order_id, sum(total) AS total, sum(discount) AS discount,
                max(CASE WHEN discount < 0 OR discount > total THEN 1 ELSE 0 END) AS beyond
            FROM order_lines GROUP BY order_id
        ) l ON l.order_id = o.id
        WHERE l.total <> o.subtotal OR l.discount <> o.discount OR l.beyond = 1"""


def _by_cause(spell: Spelling) -> str:
    saved = spell.saved_on_goods("o.savings")
    return f"""
        SELECT {spell.dashed("o.id")}, CAST({saved} AS TEXT) || ' of savings',
            CAST(o.discount AS TEXT)
        FROM orders o WHERE o.discount <> {saved}"""


def _promotion(spell: Spelling) -> str:
    return spell.dashed("t.id")


QUOTE_LAWS = (
    Law("an order comes to its goods less savings, with delivery and tax", "orders", _adds_up),
    Law("an order's lines are its goods and what is off them", "orders", _by_line),
    Law("what is off the goods is what the savings say", "orders", _by_cause),
    Law(
        "a promotion counts the uses that stand",
        "promotions",
        uses.counted("promotion", _promotion),
    ),
    Law(
        "an order that ended early uses no promotion",
        "promotion_uses",
        uses.given_back("promotion"),
    ),
)
