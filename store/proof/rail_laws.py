"""What the rails brought and took: every attempt, refund, payout and review beside its postings."""

from store.proof.law import Law
from store.proof.spelling import Spelling


def _came(spell: Spelling) -> str:
    return f"""
        SELECT {spell.dashed("a.id")}, CAST(a.amount AS TEXT) || ' ' || a.currency,
            CASE WHEN p.id IS NULL THEN 'no posting'
            ELSE p.cause || ' of ' || COALESCE(CAST(e.amount AS TEXT), 'nothing') END
        FROM payment_attempts a
        LEFT JOIN ledger_postings p ON p.key = {spell.key("attempt:", "a.id")}
        LEFT JOIN ledger_entries e ON e.posting_id = p.id AND e.account = 'rail:' || a.rail
        WHERE a.status = 'succeeded' AND CASE
            WHEN p.id IS NULL THEN 1
            WHEN p.cause = 'held' THEN CASE WHEN EXISTS (
                SELECT 1 FROM ledger_postings r
                WHERE r.key = {spell.key("review:", "a.id")} AND r.cause = 'accepted'
            ) THEN 0 ELSE 1 END
            WHEN e.amount = a.amount AND e.currency = a.currency THEN 0
            ELSE 1 END = 1"""


def _nothing_else_came(spell: Spelling) -> str:
    return f"""
        SELECT p.key, 'an attempt that brought money', COALESCE('one that ' || a.status, 'none')
        FROM ledger_postings p
        LEFT JOIN payment_attempts a ON p.key = {spell.key("attempt:", "a.id")}
        WHERE substr(p.key, 1, 8) = 'attempt:' AND CASE
            WHEN a.status = 'succeeded' THEN 0
            WHEN p.cause = 'held' AND a.status IN ('review', 'failed') THEN 0
            ELSE 1 END = 1"""


def _refunds_sent(spell: Spelling) -> str:
    return f"""
        SELECT {spell.dashed("f.id")},
            CASE WHEN f.status = 'succeeded' THEN CAST(f.amount AS TEXT) || ' ' || f.currency
            ELSE 'nothing while it is ' || f.status END,
            COALESCE(CAST(e.amount AS TEXT), 'nothing')
        FROM refunds f
        LEFT JOIN ledger_postings p ON p.key = {spell.key("refund:", "f.id", ":sent")}
        LEFT JOIN ledger_entries e ON e.posting_id = p.id AND e.account = 'refunds'
        WHERE CASE WHEN f.status = 'succeeded' THEN f.amount ELSE 0 END <> COALESCE(e.amount, 0)"""


def _refunds_owed(spell: Spelling) -> str:
    order = f"COALESCE('order ' || {spell.dashed('order_id')}, 'no order')"
    return f"""
        SELECT {order}, CAST(sum(asked) AS TEXT) || ' ' || currency, CAST(sum(owed) AS TEXT)
        FROM (
            SELECT p.order_id, e.currency, 0 AS asked, -e.amount AS owed
            FROM ledger_entries e JOIN ledger_postings p ON p.id = e.posting_id
            WHERE e.account = 'refunds'
            UNION ALL
            SELECT order_id, currency, amount, 0 FROM refunds WHERE status <> 'succeeded'
        ) both_sides GROUP BY order_id, currency HAVING sum(asked) <> sum(owed)"""


def _suspense(spell: Spelling) -> str:
    return f"""
        SELECT 'shop ' || {spell.dashed("shop_id")}, CAST(sum(held) AS TEXT) || ' ' || currency,
            CAST(sum(booked) AS TEXT)
        FROM (
            SELECT shop_id, currency, 0 AS held, -amount AS booked
            FROM ledger_entries WHERE account = 'suspense'
            UNION ALL
            SELECT shop_id, got_currency, got, 0 FROM reviews
            WHERE kind = 'wrong-amount' AND closed_at IS NULL AND got > 0
        ) both_sides GROUP BY shop_id, currency HAVING sum(held) <> sum(booked)"""


def _payouts(spell: Spelling) -> str:
    return f"""
        SELECT {spell.dashed("o.id")}, o.status,
            COALESCE(r.cause, 'not set aside') || ', ' || COALESCE(s.cause, 'not settled')
        FROM payouts o
        LEFT JOIN ledger_postings r ON r.key = {spell.key("payout:", "o.id", ":reserved")}
        LEFT JOIN ledger_postings s ON s.key = {spell.key("payout:", "o.id", ":settled")}
        WHERE r.id IS NULL OR COALESCE(s.cause, '') <> CASE
            WHEN o.status = 'paid' THEN 'payout-paid'
            WHEN o.status IN ('failed', 'dropped') THEN 'payout-returned'
            ELSE '' END"""


def _under_way(spell: Spelling) -> str:
    return f"""
        SELECT 'shop ' || {spell.dashed("shop_id")}, CAST(sum(sent) AS TEXT) || ' ' || currency,
            CAST(sum(booked) AS TEXT)
        FROM (
            SELECT shop_id, currency, 0 AS sent, -amount AS booked
            FROM ledger_entries WHERE account = 'payouts'
            UNION ALL
            SELECT shop_id, currency, amount, 0 FROM payouts
            WHERE status NOT IN ('paid', 'failed', 'dropped')
        ) both_sides GROUP BY shop_id, currency HAVING sum(sent) <> sum(booked)"""


RAIL_LAWS = (
    Law("what an attempt brought is posted once", "payment_attempts", _came, older=True),
    Law("nothing is posted that no attempt brought", "ledger_postings", _nothing_else_came),
    Law("a refund is posted when it was sent", "refunds", _refunds_sent, older=True),
    Law("what is owed back is what refunds will send", "refunds", _refunds_owed),
    Law("what is kept apart waits for a person", "reviews", _suspense),
    Law("a payout was set aside, and has gone or is back", "payouts", _payouts),
    Law("what is set aside is under way", "payouts", _under_way),
)
