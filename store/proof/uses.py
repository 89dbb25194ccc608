"""What may be used so many times, coupons and promotions: its count is the uses that stand."""

from collections.abc import Callable

from store.proof.spelling import Spelling

Query = Callable[[Spelling], str]


def counted(kind: str, name: Query) -> Query:
    """Rows of `kind` ("coupon") whose `used` is not what their uses are; `name` is what tells one, as t."""

    def broken(spell: Spelling) -> str:
        return f"""
            SELECT {name(spell)}, CAST(COALESCE(u.times, 0) AS TEXT) || ' uses', CAST(t.used AS TEXT)
            FROM {kind}s t LEFT JOIN (
                SELECT {kind}_id AS id, count(*) AS times FROM {kind}_uses
                WHERE given_back_at IS NULL GROUP BY {kind}_id
            ) u ON u.id = t.id
            WHERE t.used <> COALESCE(u.times, 0)"""

    return broken


def given_back(kind: str) -> Query:
    """Orders that ended early and still use one."""

    def broken(spell: Spelling) -> str:
        return f"""
            SELECT {spell.dashed("o.id")}, 'no {kind} used, as it is ' || o.status, 'one'
            FROM {kind}_uses u JOIN orders o ON o.id = u.order_id
            WHERE u.given_back_at IS NULL AND o.status IN ('cancelled', 'returned')"""

    return broken
