"""Somebody whom a shop's file names only by a number hears by SMS."""

from town import Town

from bot.outbox.post import Post
from flows.happenings import SupplierWanted
from store.scope import Woken

KILIMO = "+256700000777"


def test_a_supplier_gets_an_sms_from_where_the_alerts_leave(town: Town) -> None:
    def work(session) -> None:  # type: ignore[no-untyped-def]
        post = Post(town.world, session, town.shop(), now=town.now, woken=Woken())
        post.tell(SupplierWanted(KILIMO, 1001, ((3, "Maize flour"),)))

    town.do(work)
    [row] = [row for row in town.outbox() if row.recipient == KILIMO]
    assert "1001" in row.body
    assert "3 x Maize flour" in row.body
    assert row.kind == "alert"
