"""`slots` of [delivery]: windows of time among which customers choose."""

from store.shopfile.table import Table
from store.slot_terms import SlotTerms

DAY = 24 * 60


def read_slots(table: Table | None) -> SlotTerms | None:
    """None where the shop has none: `slots` is missing or false; true takes what is usual."""
    if table is None or not table.has("slots"):
        return None
    usual = SlotTerms()
    if not isinstance(table.value("slots"), dict):
        return usual if table.truth("slots", default=False) else None
    inner = table.table("slots")
    if inner is None:
        return None

    def minutes(key: str, least: int, preset: int) -> int:
        value = inner.whole(key, least, DAY)
        return preset if value is None else value

    days = inner.whole("days", 0, 7)
    terms = SlotTerms(
        length=minutes("length", 15, usual.length),
        lead=minutes("lead", 0, usual.lead),
        most=inner.whole("most", 1, 1000) or usual.most,
        days=usual.days if days is None else days,
        ahead=minutes("ahead", 0, usual.ahead),
    )
    inner.close()
    return terms
