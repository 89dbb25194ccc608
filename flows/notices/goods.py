"""What is heard of goods: by customers who would like to have them, never at night nor after a STOP; and
by the seller."""

from flows.customer.changes import Act, Change
from flows.happenings import BackInStock, CartWaiting, PictureFailed
from flows.message import Elastic, Message
from flows.notices.notice import Notice, promotion, sellers
from flows.ports.shop import ShopInfo
from flows.reply import Option


def back_in_stock(told: BackInStock, shop: ShopInfo) -> tuple[Notice, ...]:
    message = Message("notice-back-in-stock", name=told.name, shop=shop.name, price=told.price)
    add = Option(Change(Act.ADD, told.sku, 1).id, Message("option-add-one"))
    return (promotion(told.person, message, add),)


def cart_waiting(told: CartWaiting, shop: ShopInfo) -> tuple[Notice, ...]:
    message = Message(
        "notice-cart-waiting", shop=shop.name, items=Elastic(told.items), total=told.total
    )
    onward = (
        Option("checkout", Message("option-checkout")),
        Option("cart", Message("option-cart")),
    )
    return (promotion(told.person, message, *onward),)


def picture_failed(told: PictureFailed, shop: ShopInfo) -> tuple[Notice, ...]:
    """Once, and plainly: the photo itself is gone, so it must be sent again."""
    return (sellers(Message("alert-picture-failed", name=told.name)),)
