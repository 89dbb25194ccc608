"""The tables, by domain."""

from store.models.bargains import BargainRow
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
from store.models.ledger import BalanceRow, EntryRow, PostingRow
from store.models.limits import LimitRow
from store.models.lookup import SoughtRow, SoughtWordRow
from store.models.messages import (
    ConversationRow,
    EarlyReceiptRow,
    FactRow,
    InboxRow,
    OutboxRow,
    ReceivedRow,
)
from store.models.misses import MissHeardRow, MissRow
from store.models.orders import CartLineRow, CartRow, OrderHistoryRow, OrderLineRow, OrderRow
from store.models.payments import AttemptHistoryRow, AttemptRow, RefundRow, ReviewRow
from store.models.payouts import ChallengeRow, PayoutRow
from store.models.people import AddressingRow, CustomerRow, PersonRow, RiderRow, StaffRow
from store.models.shops import AddressRow, LineRow, ShopRow
from store.models.templates import TemplateRow

__all__ = [
    "AddressRow",
    "AddressingRow",
    "AliasRow",
    "AttemptHistoryRow",
    "AttemptRow",
    "BalanceRow",
    "BargainRow",
    "Base",
    "CartLineRow",
    "CartRow",
    "CategoryRow",
    "ChallengeRow",
    "ConversationRow",
    "CustomerRow",
    "DeliveryHistoryRow",
    "DeliveryRow",
    "EarlyReceiptRow",
    "EntryRow",
    "FactRow",
    "HoldRow",
    "InboxRow",
    "LimitRow",
    "LineRow",
    "MissHeardRow",
    "MissRow",
    "OfferRow",
    "OrderHistoryRow",
    "OrderLineRow",
    "OrderRow",
    "OutboxRow",
    "PayoutRow",
    "PersonRow",
    "PostingRow",
    "ProductRow",
    "ReceivedRow",
    "RefundRow",
    "ReviewRow",
    "RiderRow",
    "ShopRow",
    "SoughtRow",
    "SoughtWordRow",
    "StaffRow",
    "StockMovementRow",
    "StockRow",
    "TemplateRow",
    "VariantRow",
]
