"""The tables, by domain."""

from store.models.audit import AuditRow
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
from store.models.discipline import SanctionRow
from store.models.forgetting import ForgettingRow, StopRow
from store.models.hand_overs import HandOverRow
from store.models.invitations import InvitationRow
from store.models.ledger import BalanceRow, EntryRow, PostingRow
from store.models.limits import LimitRow
from store.models.listings import ListingRow
from store.models.lookup import SoughtRow, SoughtWordRow
from store.models.loyalty import (
    CouponRow,
    CouponUseRow,
    PointsEntryRow,
    PointsLotRow,
    PointsRow,
)
from store.models.messages import (
    ConversationRow,
    EarlyReceiptRow,
    FactRow,
    InboxRow,
    OutboxRow,
    ReceivedRow,
)
from store.models.misses import AreaAskedRow, MissHeardRow, MissRow
from store.models.orders import CartLineRow, CartRow, OrderHistoryRow, OrderLineRow, OrderRow
from store.models.payments import AttemptHistoryRow, AttemptRow, RefundRow, ReviewRow
from store.models.payout_numbers import PayoutNumberRow
from store.models.payouts import ChallengeRow, PayoutRow
from store.models.people import (
    AddressingRow,
    CustomerRow,
    NamedPlaceRow,
    PersonRow,
    RiderRow,
    StaffRow,
)
from store.models.pictures import PictureRow
from store.models.promotions import PromotionRow, PromotionUseRow
from store.models.ratings import RatingRow
from store.models.returns import ReturnRow
from store.models.risk import RiskCaseRow
from store.models.scores import RiderScoreRow, ShopScoreRow
from store.models.sharing import ArrivalRow, ShareRow
from store.models.shops import AddressRow, LineRow, ShopRow
from store.models.supply import SupplyRow
from store.models.templates import TemplateRow
from store.models.wholesale import ApplicationRow
from store.models.wishes import PooledRow, RestockRow, SavedListRow, WishRow

__all__ = [
    "AddressRow",
    "AddressingRow",
    "AliasRow",
    "ApplicationRow",
    "AreaAskedRow",
    "ArrivalRow",
    "AttemptHistoryRow",
    "AttemptRow",
    "AuditRow",
    "BalanceRow",
    "BargainRow",
    "Base",
    "CartLineRow",
    "CartRow",
    "CategoryRow",
    "ChallengeRow",
    "ConversationRow",
    "CouponRow",
    "CouponUseRow",
    "CustomerRow",
    "DeliveryHistoryRow",
    "DeliveryRow",
    "EarlyReceiptRow",
    "EntryRow",
    "FactRow",
    "ForgettingRow",
    "HandOverRow",
    "HoldRow",
    "InboxRow",
    "InvitationRow",
    "LimitRow",
    "LineRow",
    "ListingRow",
    "MissHeardRow",
    "MissRow",
    "NamedPlaceRow",
    "OfferRow",
    "OrderHistoryRow",
    "OrderLineRow",
    "OrderRow",
    "OutboxRow",
    "PayoutNumberRow",
    "PayoutRow",
    "PersonRow",
    "PictureRow",
    "PointsEntryRow",
    "PointsLotRow",
    "PointsRow",
    "PooledRow",
    "PostingRow",
    "ProductRow",
    "PromotionRow",
    "PromotionUseRow",
    "RatingRow",
    "ReceivedRow",
    "RefundRow",
    "RestockRow",
    "ReturnRow",
    "ReviewRow",
    "RiderRow",
    "RiderScoreRow",
    "RiskCaseRow",
    "SanctionRow",
    "SavedListRow",
    "ShareRow",
    "ShopRow",
    "ShopScoreRow",
    "SoughtRow",
    "SoughtWordRow",
    "StaffRow",
    "StockMovementRow",
    "StockRow",
    "StopRow",
    "SupplyRow",
    "TemplateRow",
    "VariantRow",
    "WishRow",
]
