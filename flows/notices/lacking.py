"""What is said when goods of an order are not there."""

from flows.happenings import GoodsLacking
from flows.message import Elastic, Message
from flows.notices.notice import Notice, customer, riders
from flows.notices.wording import pieces
from flows.ports.lacking import Lack
from flows.ports.shop import ShopInfo
from flows.reply import Option

WALLET = "wallet"


def missing(lack: Lack) -> Elastic:
    """ "2 x Soap"."""
    return pieces([(lack.quantity, lack.name)])


def lacking(happening: GoodsLacking, shop: ShopInfo) -> tuple[Notice, ...]:
    """With what becomes of the money. Who takes cash at the door hears the new sum."""
    lack, order = happening.lack, happening.lack.order
    text = Message(
        "notice-lacking",
        number=order.number,
        shop=shop.name,
        items=missing(lack),
        total=order.total,
        money=_money(lack),
    )
    cancel = Option(f"cancel:{order.number}", Message("choice-cancel-order"))
    told = customer(order, text, *((cancel,) if happening.may_cancel else ()))
    if not lack.less or order.payment_status.came or not order.at_the_door:
        return (told,)
    less = Message("notice-rider-less", number=order.number)
    return (told, *riders(order, Message("notice-comes-to", told=less, total=order.at_the_door)))


def _money(lack: Lack) -> Message:
    if not lack.less:
        return Message("lacking-free")
    if not lack.refund:
        return Message("lacking-less", less=lack.less)
    if lack.order.rail == WALLET:
        return Message("lacking-in-wallet", refund=lack.refund)
    return Message("refund-coming", refund=lack.refund)
