"""What orders are worth: paid once, given out once, and nothing left behind."""

from store.ledger import Kind
from store.proof.law import Law
from store.proof.spelling import Spelling, listed

# By these an order is paid.
SOURCES = listed(("payment", "wallet-payment", "cash", "accepted"))
PAID = listed(("paid", "partial", "refunded"))
ENDED = listed(("delivered", "cancelled", "returned"))
PENDING = (
    Kind.SELLER_PENDING,
    Kind.SUPPLIER_PENDING,
    Kind.COMMISSION_PENDING,
    Kind.DELIVERY_PENDING,
)


def _paid_once(spell: Spelling) -> str:
    return f"""
        SELECT {spell.dashed("o.id")},
            CASE WHEN o.payment_status IN ({PAID}) THEN 'paid once' ELSE 'nothing' END,
            CAST(COALESCE(s.times, 0) AS TEXT) || ' payments, and it is ' || o.payment_status
        FROM orders o
        LEFT JOIN (
            SELECT order_id, count(*) AS times FROM ledger_postings
            WHERE cause IN ({SOURCES}) AND order_id IS NOT NULL GROUP BY order_id
        ) s ON s.order_id = o.id
        WHERE CASE
            WHEN o.payment_status NOT IN ({PAID}) THEN COALESCE(s.times, 0)
            WHEN COALESCE(s.times, 0) = 1 THEN 0
            WHEN s.times IS NULL AND EXISTS (
                SELECT 1 FROM ledger_postings l
                WHERE l.key = {spell.key("attempt:", "o.paid_by")} AND l.cause = 'late-money'
            ) THEN 0
            ELSE 1 END <> 0"""


def _given_out_once(spell: Spelling) -> str:
    times = "CASE WHEN r.id IS NULL THEN 0 ELSE 1 END + CASE WHEN c.id IS NULL THEN 0 ELSE 1 END"
    return f"""
        SELECT {spell.dashed("o.id")}, 'given out once when delivered',
            CAST({times} AS TEXT) || ' times, and it is ' || o.status
        FROM orders o
        LEFT JOIN ledger_postings r ON r.key = {spell.key("release:", "o.id")}
        LEFT JOIN ledger_postings c ON c.key = {spell.key("cash:", "o.id")}
        WHERE CASE o.status WHEN 'delivered' THEN {times} - 1
            WHEN 'returned' THEN 0 ELSE {times} END <> 0"""


def _nothing_left(spell: Spelling) -> str:
    return f"""
        SELECT {spell.dashed("o.id")}, 'nothing waiting, as it is ' || o.status,
            CAST(w.waiting AS TEXT) || ' in ' || w.account
        FROM (
            SELECT p.order_id, e.account, -sum(e.amount) AS waiting
            FROM ledger_entries e JOIN ledger_postings p ON p.id = e.posting_id
            WHERE {spell.of("e.account", PENDING)}
            GROUP BY p.order_id, e.account HAVING sum(e.amount) <> 0
        ) w JOIN orders o ON o.id = w.order_id WHERE o.status IN ({ENDED})"""


def _all_waits(spell: Spelling) -> str:
    """One that the shop took less for has less waiting."""
    return f"""
        SELECT {spell.dashed("o.id")},
            CASE WHEN o.payment_status IN ('paid', 'partial') THEN CAST(o.total AS TEXT)
            ELSE '0' END || ' waiting, as it is ' || o.payment_status,
            CAST(COALESCE(w.waiting, 0) AS TEXT)
        FROM orders o
        LEFT JOIN (
            SELECT p.order_id, -sum(e.amount) AS waiting,
                max(CASE WHEN p.cause = 'accepted' THEN 1 ELSE 0 END) AS accepted
            FROM ledger_entries e JOIN ledger_postings p ON p.id = e.posting_id
            WHERE {spell.of("e.account", PENDING)} GROUP BY p.order_id
        ) w ON w.order_id = o.id
        WHERE o.status NOT IN ({ENDED}) AND COALESCE(w.accepted, 0) = 0
            AND COALESCE(w.waiting, 0) <>
                CASE WHEN o.payment_status IN ('paid', 'partial') THEN o.total ELSE 0 END"""


def _door_once(spell: Spelling) -> str:
    """What is due in cash of a paid order that goes farther."""
    brought = "o.delivered_at IS NOT NULL AND d.rider_id IS NOT NULL AND d.status = 'delivered'"
    held = spell.of("e.account", (Kind.RIDER_CASH,))
    due = "CASE WHEN o.delivered_at IS NULL THEN 0 ELSE o.due_at_door END"
    by_rider = f"CASE WHEN {brought} AND NOT d.by_seller THEN o.due_at_door ELSE 0 END"
    return f"""
        SELECT {spell.dashed("o.id")},
            CAST({due} AS TEXT) || ' taken at the door, by a rider ' || CAST({by_rider} AS TEXT),
            CAST(COALESCE(t.times, 0) AS TEXT) || ' times, by a rider '
            || CAST(COALESCE(t.taken, 0) AS TEXT) || ', and it is ' || o.payment_status
        FROM orders o
        LEFT JOIN deliveries d ON d.order_id = o.id
        LEFT JOIN (
            SELECT p.order_id, count(DISTINCT p.id) AS times, COALESCE(sum(e.amount), 0) AS taken
            FROM ledger_postings p LEFT JOIN ledger_entries e ON e.posting_id = p.id AND {held}
            WHERE p.cause = 'door-cash' GROUP BY p.order_id
        ) t ON t.order_id = o.id
        WHERE (o.due_at_door <> 0 OR t.times IS NOT NULL) AND (
            o.due_at_door < 0 OR o.payment_status NOT IN ({PAID})
            OR (o.due_at_door > 0 AND o.status = 'cancelled')
            OR COALESCE(t.times, 0) <> CASE WHEN {due} > 0 THEN 1 ELSE 0 END
            OR COALESCE(t.taken, 0) <> {by_rider})"""


ORDER_LAWS = (
    Law("a paid order was paid by one source", "orders", _paid_once, older=True),
    Law("a delivered order is given out once", "orders", _given_out_once, older=True),
    Law("an order that has ended leaves nothing waiting", "orders", _nothing_left),
    Law("what is due at the door is taken once", "orders", _door_once),
    Law("a paid order waits for its delivery whole", "orders", _all_waits, older=True),
)
