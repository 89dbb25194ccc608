"""What a flow may ask of the world. The books, the payments and the server implement it."""

from dataclasses import dataclass
from datetime import datetime

from flows.ports.bargains import BargainPort
from flows.ports.cart import CartPort
from flows.ports.catalogue import CataloguePort
from flows.ports.delivery import DeliveryPort
from flows.ports.orders import OrdersPort
from flows.ports.payments import PaymentsPort
from flows.ports.purse import PursePort
from flows.ports.records import RecordsPort
from flows.ports.shop import CustomerPort, DeskPort, FactsPort, Languages, ShopInfo
from flows.ports.till import TillPort
from flows.ports.trade import RidesPort, TradePort
from flows.ports.wallet import WalletPort

__all__ = ["Languages", "Ports"]


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything one turn can reach. `trade` and `till` are there only for staff, `rides` and
    `purse` for riders.

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
    wallet: WalletPort | None = None
    records: RecordsPort | None = None
    trade: TradePort | None = None
    till: TillPort | None = None
    rides: RidesPort | None = None
    purse: PursePort | None = None
