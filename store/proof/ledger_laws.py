"""The ledger by itself: it adds up, and its balances are its sums."""

from store.ledger import FLOORED, KEPT
from store.proof.law import Law
from store.proof.spelling import Spelling


def _balanced(_: Spelling) -> str:
    return """
        SELECT p.key, '0', CAST(e.total AS TEXT) FROM (
            SELECT posting_id, sum(amount) AS total FROM ledger_entries
            GROUP BY posting_id HAVING sum(amount) <> 0
        ) e JOIN ledger_postings p ON p.id = e.posting_id"""


def _alike(spell: Spelling) -> str:
    return f"""
        SELECT p.key, p.currency || ' at shop ' || {spell.dashed("p.shop_id")},
            e.currency || ' at shop ' || {spell.dashed("e.shop_id")}
        FROM ledger_entries e JOIN ledger_postings p ON p.id = e.posting_id
        WHERE e.shop_id <> p.shop_id OR e.currency <> p.currency"""


def _orders_shop(spell: Spelling) -> str:
    return f"""
        SELECT p.key, {spell.dashed("o.shop_id")}, {spell.dashed("p.shop_id")}
        FROM ledger_postings p JOIN orders o ON o.id = p.order_id WHERE o.shop_id <> p.shop_id"""


def _balances(spell: Spelling) -> str:
    return f"""
        SELECT account || ' at shop ' || {spell.dashed("shop_id")},
            CAST(sum(entered) AS TEXT) || ' ' || currency, CAST(sum(kept) AS TEXT)
        FROM (
            SELECT e.shop_id, e.account, e.currency, sum({spell.normal("e")}) AS entered, 0 AS kept
            FROM ledger_entries e WHERE {spell.of("e.account", KEPT)}
            GROUP BY e.shop_id, e.account, e.currency
            UNION ALL SELECT shop_id, account, currency, 0, balance FROM ledger_balances
        ) both_sides GROUP BY shop_id, account, currency HAVING sum(entered) <> sum(kept)"""


def _floors(spell: Spelling) -> str:
    return f"""
        SELECT account || ' at shop ' || {spell.dashed("shop_id")}, '0 or more',
            CAST(balance AS TEXT) || ' ' || currency
        FROM ledger_balances WHERE balance < 0 AND {spell.of("account", FLOORED)}"""


LEDGER_LAWS = (
    Law("a posting adds up to zero", "ledger_postings", _balanced),
    Law("entries are of their posting's shop and currency", "ledger_entries", _alike),
    Law("a posting is of its order's shop", "ledger_postings", _orders_shop),
    Law("a balance is the sum of its entries", "ledger_balances", _balances),
    Law("a floor holds", "ledger_balances", _floors),
)
