"""What a flow may ask of the world. The books, the payments and the server implement it."""

from dataclasses import dataclass
from datetime import datetime

from flows.ports.address_book import AddressBookPort
from flows.ports.bargains import BargainPort
from flows.ports.cart import CartPort
from flows.ports.catalogue import CataloguePort
from flows.ports.coupon_desk import CouponDeskPort
from flows.ports.delivery import DeliveryPort
from flows.ports.forgetting import ForgettingPort
from flows.ports.founding import FoundingPort
from flows.ports.lacking import LackingPort
from flows.ports.listings import ListingsPort
from flows.ports.loyalty import CouponPort, PointsPort
from flows.ports.opening import OpeningPort
from flows.ports.orders import OrdersPort
from flows.ports.payments import PaymentsPort
from flows.ports.payout_number import PayoutNumberPort
from flows.ports.places import PlacesPort
from flows.ports.promotions import DealsPort, OffersPort
from flows.ports.purse import PursePort
from flows.ports.ratings import RatingsPort
from flows.ports.records import RecordsPort
from flows.ports.returns import ReturnsDeskPort, ReturnsPort
from flows.ports.scores import ScoresPort
from flows.ports.sharing import SharingPort
from flows.ports.shop import CustomerPort, DeskPort, FactsPort, Languages, ShopInfo
from flows.ports.slots import SlotsPort
from flows.ports.stall import StallPort
from flows.ports.supply import SupplyPort
from flows.ports.team import JoiningPort, TeamPort
from flows.ports.till import TillPort
from flows.ports.trade import RidesPort, TradePort
from flows.ports.wallet import WalletPort
from flows.ports.wholesale import ApprovalsPort, WholesalePort
from flows.ports.wishes import WishesPort

__all__ = ["Languages", "Ports"]


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything one turn can reach. What only staff may do is there only for them, what only riders
    may do only for riders: else it is None.

    `now` is the turn's own moment, aware UTC; `medium` is "whatsapp", "sms" or "ussd".
    """

    now: datetime
    medium: str
    shop: ShopInfo
    customer: CustomerPort
    catalogue: CataloguePort
    cart: CartPort
    bargains: BargainPort
    delivery: DeliveryPort
    orders: OrdersPort
    payments: PaymentsPort
    desk: DeskPort
    facts: FactsPort
    languages: Languages
    offers: OffersPort | None = None
    wallet: WalletPort | None = None
    records: RecordsPort | None = None
    slots: SlotsPort | None = None
    ratings: RatingsPort | None = None
    sharing: SharingPort | None = None
    listings: ListingsPort | None = None
    supply: SupplyPort | None = None
    coupons: CouponPort | None = None
    coupon_desk: CouponDeskPort | None = None
    points: PointsPort | None = None
    returns: ReturnsPort | None = None
    returns_desk: ReturnsDeskPort | None = None
    lacking: LackingPort | None = None
    wholesale: WholesalePort | None = None
    approvals: ApprovalsPort | None = None
    trade: TradePort | None = None
    till: TillPort | None = None
    payout_number: PayoutNumberPort | None = None
    deals: DealsPort | None = None
    stall: StallPort | None = None
    places: PlacesPort | None = None
    founding: FoundingPort | None = None
    opening: OpeningPort | None = None
    scores: ScoresPort | None = None
    team: TeamPort | None = None
    joining: JoiningPort | None = None
    rides: RidesPort | None = None
    purse: PursePort | None = None
    wishes: WishesPort | None = None
    forgetting: ForgettingPort | None = None
    address_book: AddressBookPort | None = None
