"""OPEN, CLOSE, SALES, and what is not there by SMS yet."""

from flows.heard import Heard
from flows.message import Message
from flows.place import Step
from flows.seller.asking import confirm
from flows.seller.role import seller, tell, trade
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
    if not today.orders:
        return tell(visit, Message("sales-none", open_orders=today.open_orders))
    return tell(
        visit,
        Message(
            "sales-today",
            count=today.orders,
            total=today.total,
            paid=today.paid,
            open_orders=today.open_orders,
        ),
    )


@seller.anywhere(Word.BALANCE, Word.PAYOUT)
def money(visit: Visit, _: Heard) -> Step:
    """Buyers pay straight to the shop's own account with the rail; Sokoni holds nothing."""
    return tell(visit, Message("money-not-by-sms"))
