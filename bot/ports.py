"""The ports of one turn: services of the books and the payments, on the turn's transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from bot.desk import TalkDesk
from bot.facts import TurnFacts
from bot.outbox.post import Post
from bot.receipt_links import ReceiptLinks
from bot.talk import Talk
from bot.world import World
from flows.ports import Ports
from flows.ports.orders import Role
from payments.people.payout_number import ShopPayoutNumber
from payments.people.purses import RiderPurse
from payments.people.records import CustomerRecords
from payments.people.tills import ShopTill
from payments.people.wallets import CustomerWallet
from payments.taking.attempts import OrderPayments
from store.actor import Actor
from store.address_book import CustomerPlaces
from store.bargaining import ShopBargains
from store.cart import ShopCart
from store.catalogue import ShopCatalogue
from store.coupons.carts import CartCoupons
from store.coupons.desk import ShopCoupons
from store.customers import ShopCustomer
from store.delivery import ShopDelivery
from store.delivery.places import ShopPlaces
from store.forgetting.asking import PersonForgetting
from store.founding import ShopFounding
from store.lacking import LackingDesk
from store.listings.desk import ShopListings
from store.loyalty.carts import CartPoints
from store.masking import masked
from store.models import ConversationRow, ShopRow
from store.opening import ShopOpening
from store.orders.customer_orders import CustomerOrders
from store.promotions.deals import ShopDeals
from store.promotions.offers import ShopOffers
from store.ratings import ShopRatings
from store.returns import ReturnsDesk, ShopReturns
from store.rides import ShopRides
from store.scope import Author, Scope, Woken
from store.scores.shown import ShopScores
from store.sharing import ShopSharing
from store.shops import shop_info
from store.slots import ShopSlots
from store.stall import ShopStall
from store.standing import is_platform
from store.supply.answering import ShopSupply
from store.team import ShopJoining, ShopTeam
from store.trade import ShopTrade
from store.wholesale import ShopApprovals, ShopWholesale
from store.wishes import CustomerWishes


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
    scope = replace(scope, author=_author(talk, medium))
    catalogue = ShopCatalogue(scope, talk.customer.price_list, asker=asker)
    cart = ShopCart(scope, talk.person.id, catalogue)
    cart.found(talk.cart)
    delivery = ShopDelivery(scope, talk.person.id)
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
        coupons=CartCoupons(scope, talk.person, cart, orders.quoting),
        points=CartPoints(scope, talk.person, talk.customer, cart),
        records=CustomerRecords(scope, talk.person, payments, _receipt_link(world, talk)),
        desk=TalkDesk(scope, talk, orders),
        facts=facts,
        languages=world.languages,
        wishes=CustomerWishes(scope, talk.person.id),
        address_book=CustomerPlaces(scope, talk.person.id),
        forgetting=PersonForgetting(scope, talk.person, world.settings.stop_key),
        offers=ShopOffers(scope, talk.customer, catalogue),
        wallet=CustomerWallet(scope, talk.person, medium, world.rails, world.schedule, key),
        slots=ShopSlots(scope),
        ratings=ShopRatings(scope, talk.person),
        wholesale=ShopWholesale(scope, talk.person, talk.customer),
        approvals=ShopApprovals(scope, staff) if staff is not None else None,
        listings=ShopListings(scope) if staff is not None else None,
        supply=ShopSupply(scope) if staff is not None else None,
        sharing=ShopSharing(
            scope, talk.person.id, staff=staff is not None, base=world.settings.public_url
        ),
        returns=ShopReturns(scope, talk.person),
        returns_desk=ReturnsDesk(scope, staff) if staff is not None else None,
        lacking=LackingDesk(scope, staff) if staff is not None else None,
        trade=ShopTrade(scope, staff) if staff is not None else None,
        till=ShopTill(scope, talk.person, staff, world.rails, key) if staff is not None else None,
        payout_number=ShopPayoutNumber(scope, talk.person, staff, world.rails, key)
        if staff is not None
        else None,
        deals=ShopDeals(scope, staff) if staff is not None else None,
        founding=_founding(world, scope, talk),
        opening=ShopOpening(scope) if staff is not None else None,
        scores=ShopScores(scope) if staff is not None else None,
        team=_team(scope, talk, key),
        joining=ShopJoining(scope, talk.person),
        stall=ShopStall(scope, staff) if staff is not None else None,
        coupon_desk=ShopCoupons(scope) if staff is not None else None,
        places=ShopPlaces(scope) if staff is not None else None,
        rides=ShopRides(scope, rider) if rider is not None else None,
        purse=RiderPurse(scope, talk.person, rider, world.rails, key)
        if rider is not None
        else None,
    )
    return Services(ports, scope, facts)


def _author(talk: Talk, medium: str) -> Author:
    number = masked(talk.person.phone) if talk.person.phone else "without a number"
    role = Role.SELLER if talk.staff is not None else Role.CUSTOMER
    return Author(Actor(role, talk.person.id).label, f"{medium} {number}")


def beside(world: World, scope: Scope, shop: ShopRow) -> Scope:
    """The same transaction at another shop, whose people are then told by its own lines."""
    post = Post(world, scope.session, shop, now=scope.now, woken=scope.woken)
    return replace(scope, shop=shop, tell=post.tell)


def _founding(world: World, scope: Scope, talk: Talk) -> ShopFounding | None:
    if not is_platform(scope.shop):
        return None
    return ShopFounding(scope, talk.person, talk.staff, partial(beside, world, scope))


def _team(scope: Scope, talk: Talk, key: bytes) -> ShopTeam | None:
    """Who works for the platform itself is in its file."""
    if talk.staff is None or is_platform(scope.shop):
        return None
    return ShopTeam(scope, talk.person, talk.staff, key)


def _receipt_link(world: World, talk: Talk) -> Callable[[UUID], str]:
    """In the reader's language, where it is not the one in which the page speaks by itself."""
    links = ReceiptLinks.of(world.settings.secret_key.get_secret_value(), world.settings.public_url)
    own = talk.locale if talk.locale != talk.shop.locales[0] else None
    return lambda order: links.link(order, own)
