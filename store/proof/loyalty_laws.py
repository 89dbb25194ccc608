"""Coupons and points: what is counted is what was used, and what is there is what came and went."""

from store.proof import uses
from store.proof.law import Law
from store.proof.spelling import Spelling


def _coupon(spell: Spelling) -> str:
    return f"t.code || ' at shop ' || {spell.dashed('t.shop_id')}"


def _entries(spell: Spelling) -> str:
    return f"""
        SELECT {spell.dashed("person_id")} || ' at shop ' || {spell.dashed("shop_id")},
            CAST(sum(entered) AS TEXT) || ' points', CAST(sum(kept) AS TEXT)
        FROM (
            SELECT shop_id, person_id, points AS entered, 0 AS kept FROM points_entries
            UNION ALL SELECT shop_id, person_id, 0, balance FROM points
        ) both_sides GROUP BY shop_id, person_id HAVING sum(entered) <> sum(kept)"""


def _lots(spell: Spelling) -> str:
    return f"""
        SELECT {spell.dashed("person_id")} || ' at shop ' || {spell.dashed("shop_id")},
            CAST(sum(kept) AS TEXT) || ' points', CAST(sum(there) AS TEXT) || ' in lots'
        FROM (
            SELECT shop_id, person_id, points_left AS there, 0 AS kept FROM points_lots
            UNION ALL SELECT shop_id, person_id, 0, balance FROM points
        ) both_sides GROUP BY shop_id, person_id HAVING sum(there) <> sum(kept)"""


def _chained(_: Spelling) -> str:
    return """
        SELECT key, CAST(former AS TEXT) || ' before', CAST(before AS TEXT)
        FROM (
            SELECT e.key AS key, e."before" AS before, COALESCE(
                lag(e."after") OVER (PARTITION BY e.shop_id, e.person_id ORDER BY e.id), 0
            ) AS former FROM points_entries e
        ) chain WHERE before <> former"""


LOYALTY_LAWS = (
    Law("a coupon's count is its uses", "coupons", uses.counted("coupon", _coupon)),
    Law("an order that ended early uses no coupon", "coupon_uses", uses.given_back("coupon")),
    Law("points are the sum of their entries", "points", _entries),
    Law("points are what their lots have left", "points", _lots),
    Law("an entry of points begins where the last one ended", "points_entries", _chained),
)
