"""What a seller does by SMS is written down with who they are and from where."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.models import AuditRow
from tests.e2e.house import House
from tests.e2e.trade import SELLER, Shop


def test_a_sellers_word_is_in_the_trail_without_their_number(house: House) -> None:
    shop = Shop(house)
    shop.seller.say("CLOSE", ".")
    shop.seller.say("READY 4711", ".")

    def rows(session: Session) -> list[AuditRow]:
        return list(session.scalars(select(AuditRow).order_by(AuditRow.id)))

    found = [row for row in house.in_books(rows) if row.source != "cli"]
    assert [row.action for row in found] == ["ShopTrade.close_shop", "ShopTrade.ready"]
    assert [row.outcome for row in found] == ["done", "UnknownOrder"]
    for row in found:
        assert row.who.startswith("seller:")
        assert row.source == f"sms {SELLER[:4]}****{SELLER[-3:]}"
        assert row.shop_id is not None
