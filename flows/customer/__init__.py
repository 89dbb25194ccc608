"""What customers can do, on every medium from one definition. Importing the modules registers them."""

from flows.customer import (
    area,
    asking,
    bargain_about,
    bargaining,
    basket,
    browsing,
    cart,
    checkout,
    codes,
    consent,
    contact,
    courtesy,
    forwarded,
    fulfilment,
    home,
    human,
    landmark,
    language,
    lost,
    more,
    order_changes,
    ordering,
    paying,
    product,
    quantity,
    rail,
    receipts,
    refunds,
    searching,
    summary,
    tracking,
    wallet,
    which,
)
from flows.customer.machine import customer

# Named so that the imports that register states are seen to be wanted.
STATES_OF = (
    area, asking, bargain_about, bargaining, basket, browsing, cart, checkout, codes, consent, contact,
    courtesy, forwarded, fulfilment, home, human, landmark, language, lost, more, order_changes,
    ordering, paying, product, quantity, rail, receipts, refunds, searching, summary, tracking, wallet,
    which,
)  # fmt: skip

__all__ = ["customer"]
