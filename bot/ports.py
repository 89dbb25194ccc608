"""The ports of one turn: services of the books and the payments, on the turn's transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from bot.desk import TalkDesk
from bot.facts import TurnFacts
from bot.outbox.post import Post
from bot.receipt_links import ReceiptLinks
from bot.talk import Talk
from bot.world import World
from flows.ports import Ports
from payments.people.purses import RiderPurse
from payments.people.records import CustomerRecords
from payments.people.tills import ShopTill
from payments.people.wallets import CustomerWallet
from payments.taking.attempts import OrderPayments
from store.bargaining import ShopBargains
from store.cart import ShopCart
from store.catalogue import ShopCatalogue
from store.customers import ShopCustomer
from store.delivery import ShopDelivery
from store.models import ConversationRow, ShopRow
from store.orders.customer_orders import CustomerOrders
from store.rides import ShopRides
from store.scope import Scope, Woken
from store.shops import shop_info
from store.trade import ShopTrade


def scope_at(
    world: World,
    session: Session,
    shop: ShopRow,
    trace: UUID | None = None,
    talk: ConversationRow | None = None,
) -> Scope:
    """Work at one shop, in the transaction of `session`, which may have locked a conversation."""
    now = world.clock()
    woken = Woken()
    post = Post(world, session, shop, now=now, woken=woken, trace=trace, talk=talk)
    return Scope(session, shop, now, post.tell, world.rules, world.chance, woken)


@dataclass(frozen=True, slots=True)
class Services:
    """What a turn needs besides the ports that its flow sees."""

    ports: Ports
    scope: Scope
    facts: TurnFacts


def services(world: World, scope: Scope, talk: Talk, medium: str) -> Services:
    """Made anew for every turn; nothing here has asked the database anything yet."""
    # What a seller tries out is no customer's wish.
    asker = talk.person.id if talk.staff is None else None
    catalogue = ShopCatalogue(scope, talk.customer.price_list, asker=asker)
    cart = ShopCart(scope, talk.person.id, catalogue)
    cart.found(talk.cart)
    delivery = ShopDelivery(scope)
    orders = CustomerOrders(scope, talk.person, talk.customer, medium, cart, delivery)
    staff, rider, key = talk.staff, talk.rider, world.settings.challenge_key
    facts = TurnFacts(scope.shop.id, talk.person.id, scope.now, scope.session)
    payments = OrderPayments(
        scope, talk.person, medium, world.rails, world.schedule, talk.customer.rail
    )
    ports = Ports(
        now=scope.now,
        medium=medium,
        shop=shop_info(scope.shop, scope.now),
        customer=ShopCustomer(scope, talk.person, talk.customer),
        catalogue=catalogue,
        cart=cart,
        bargains=ShopBargains(scope, talk.person.id, catalogue, cart),
        delivery=delivery,
        orders=orders,
        payments=payments,
        records=CustomerRecords(scope, talk.person, payments, _receipt_link(world, talk)),
        desk=TalkDesk(scope, talk, orders),
        facts=facts,
        languages=world.languages,
        wallet=CustomerWallet(scope, talk.person, medium, world.rails, world.schedule, key),
        trade=ShopTrade(scope, staff) if staff is not None else None,
        till=ShopTill(scope, talk.person, staff, world.rails, key) if staff is not None else None,
        rides=ShopRides(scope, rider) if rider is not None else None,
        purse=RiderPurse(scope, talk.person, rider, world.rails, key)
        if rider is not None
        else None,
    )
    return Services(ports, scope, facts)


def _receipt_link(world: World, talk: Talk) -> Callable[[UUID], str]:
    """In the reader's language, where it is not the one in which the page speaks by itself."""
    links = ReceiptLinks.of(world.settings.secret_key.get_secret_value(), world.settings.public_url)
    own = talk.locale if talk.locale != talk.shop.locales[0] else None
    return lambda order: links.link(order, own)
