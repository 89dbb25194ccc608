"""The tables, by domain."""

from store.models.base import Base
from store.models.catalogue import (
    AliasRow,
    CategoryRow,
    HoldRow,
    ProductRow,
    StockMovementRow,
    StockRow,
    VariantRow,
)
from store.models.deliveries import DeliveryHistoryRow, DeliveryRow, OfferRow
from store.models.limits import LimitRow
from store.models.messages import (
    ConversationRow,
    EarlyReceiptRow,
    FactRow,
    InboxRow,
    OutboxRow,
    ReceivedRow,
)
from store.models.orders import CartLineRow, CartRow, OrderHistoryRow, OrderLineRow, OrderRow
from store.models.payments import AttemptHistoryRow, AttemptRow, RefundRow
from store.models.people import AddressingRow, CustomerRow, PersonRow, RiderRow, StaffRow
from store.models.shops import AddressRow, LineRow, ShopRow
from store.models.templates import TemplateRow

__all__ = [
    "AddressRow",
    "AddressingRow",
    "AliasRow",
    "AttemptHistoryRow",
    "AttemptRow",
    "Base",
    "CartLineRow",
    "CartRow",
    "CategoryRow",
    "ConversationRow",
    "CustomerRow",
    "DeliveryHistoryRow",
    "DeliveryRow",
    "EarlyReceiptRow",
    "FactRow",
    "HoldRow",
    "InboxRow",
    "LimitRow",
    "LineRow",
    "OfferRow",
    "OrderHistoryRow",
    "OrderLineRow",
    "OrderRow",
    "OutboxRow",
    "PersonRow",
    "ProductRow",
    "ReceivedRow",
    "RefundRow",
    "RiderRow",
    "ShopRow",
    "StaffRow",
    "StockMovementRow",
    "StockRow",
    "TemplateRow",
    "VariantRow",
]
