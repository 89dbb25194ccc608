"""OPEN, CLOSE and SALES."""

from flows.heard import Heard
from flows.message import Message
from flows.place import Step
from flows.seller.asking import confirm
from flows.seller.role import seller, tell, till, trade
from flows.visit import Visit
from intents.command import Command, Word


@seller.anywhere(Word.OPEN)
def open_shop(visit: Visit, _: Heard) -> Step:
    trade(visit).open_shop()
    return tell(visit, Message("done-open", shop=visit.ports.shop.name))


@seller.anywhere(Word.CLOSE)
def close_shop(visit: Visit, command: Command) -> Step:
    if not command.exact:
        return confirm(visit, command)
    trade(visit).close_shop()
    return tell(visit, Message("done-close", shop=visit.ports.shop.name))


@seller.anywhere(Word.SALES)
def sales(visit: Visit, _: Heard) -> Step:
    today = trade(visit).sales()
    money = _money(visit)
    if not today.orders:
        return tell(visit, Message("sales-none", open_orders=today.open_orders), *money)
    return tell(
        visit,
        Message(
            "sales-today",
            count=today.orders,
            total=today.total,
            paid=today.paid,
            open_orders=today.open_orders,
        ),
        *money,
    )


def _money(visit: Visit) -> tuple[Message, ...]:
    """What came and went today, if anything did."""
    day = till(visit).day()
    if not day.came and not day.went:
        return ()
    return (Message("sales-money", came=day.came, went=day.went),)
