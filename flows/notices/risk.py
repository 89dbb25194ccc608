"""What is said about a payment at which a person looks because it is unusual."""

from flows.happenings import PaymentHeld, RiskDecided
from flows.message import Message
from flows.notices.notice import Customer, Notice, sellers
from flows.ports.orders import Order
from flows.ports.shop import ShopInfo
from flows.reply import Menu, Option

PAY = Message("choice-pay-again")
CASH = Message("choice-cash")


def held(happening: PaymentHeld, shop: ShopInfo) -> tuple[Notice, ...]:
    """The customer was told in their own turn; the seller would wonder why nothing is paid."""
    if happening.order is None:
        return ()
    number = happening.order.number
    return (sellers(Message("alert-payment-held", number=number, total=happening.amount)),)


def decided(happening: RiskDecided, shop: ShopInfo) -> tuple[Notice, ...]:
    """What can be done now, with a button for it where there is an order."""
    order, amount = happening.order, happening.amount
    if order is None:
        message = (
            Message("notice-top-up-allowed", amount=amount, shop=shop.name)
            if happening.allowed
            else Message("notice-top-up-refused", amount=amount, shop=shop.name)
        )
        return (Notice(Customer(happening.person), message),)
    message = (
        Message("notice-payment-allowed", number=order.number, total=amount)
        if happening.allowed
        else Message("notice-payment-refused", number=order.number, total=amount, shop=shop.name)
    )
    return (Notice(Customer(happening.person, order), message, menu=_ways(order, happening, shop)),)


def _ways(order: Order, happening: RiskDecided, shop: ShopInfo) -> Menu | None:
    pay = (Option(f"pay:{order.number}", PAY),) if happening.allowed else ()
    cash = (Option(f"cash:{order.number}", CASH),) if shop.takes_cash else ()
    options = (*pay, *cash)
    return Menu(options) if options else None
