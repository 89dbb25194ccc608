"""What a member of the shop's staff may do by phone."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import or_

from flows.happenings import OrderConfirmed, OrderReady, SellerAnswered, SellerWrote
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, Order, OrderStatus, PaymentStatus, Role
from flows.ports.refusals import (
    BadAmount,
    CountedBySupplier,
    NeedsVariant,
    NotCounted,
    Refusal,
    UnknownOrder,
    UnknownProduct,
    WrongStep,
)
from flows.ports.trade import (
    AliasSet,
    Carrier,
    FloorSet,
    Level,
    LevelsSet,
    Loss,
    Missed,
    Offered,
    PriceSet,
    SalesToday,
    StockSet,
    Talk,
)
from store import aliases, floors, pricing, stock_taking, talks
from store.actor import Actor
from store.audit.trail import audited
from store.catalogue import SNAPSHOTS
from store.dispatch import choices
from store.dispatch.carriers import carriers
from store.dispatch.coming_back import goods_back
from store.dispatch.jobs import UNTAKEN, expect_pick_up
from store.dispatch.reassigning import assign
from store.dispatch.steps import fail, hand_over, pick_up
from store.dispatch.waves import withdraw
from store.listings.listed import counted_by
from store.misses.asking import most_asked
from store.misses.counting import DISMISSED, settle
from store.misses.offers import offers
from store.models import OrderRow, RiderRow, StaffRow
from store.orders.cancelling import refuse
from store.orders.confirming import confirm
from store.orders.moving import move, wrong_step
from store.orders.placing import CASH
from store.orders.views import find, locked, view, views, whole
from store.sales import ENDED, sales_today
from store.scope import Scope
from store.snapshot import Snapshot, Snapshots
from store.standing import resume
from store.stock_levels import set_level
from store.typed import goods_typed

# What MISSES lists.
MOST_MISSED = 5

Step = Callable[[Scope, OrderRow, Actor], Refusal | None]


class ShopTrade:
    """Implements flows.ports.trade.TradePort. Saying again what is already so changes nothing."""

    def __init__(self, scope: Scope, actor: StaffRow, snapshots: Snapshots = SNAPSHOTS) -> None:
        self._scope = scope
        self._actor = Actor(Role.SELLER, actor.person_id)
        self._snapshots = snapshots

    def find(self, number: int) -> Order | None:
        row = find(self._scope, number)
        return view(row) if row else None

    def waiting(self) -> Sequence[Order]:
        """Without those that still wait for their customer's money: they may yet lapse."""
        taken_on = or_(
            OrderRow.status != OrderStatus.PENDING,
            OrderRow.payment_status == PaymentStatus.PAID,
            OrderRow.rail == CASH,
        )
        query = whole(self._scope.shop.id).where(OrderRow.status.not_in(ENDED), taken_on)
        return views(self._scope, query.order_by(OrderRow.number))

    @audited()
    def accept(self, number: int) -> Order | Refusal:
        def step(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
            if order.status == OrderStatus.CONFIRMED:
                return None
            if order.rail != CASH and order.payment_status != PaymentStatus.PAID:
                return wrong_step(order)
            refusal = confirm(scope, order, actor)
            if refusal is None:
                scope.tell(OrderConfirmed(view(order)))
            return refusal

        return self._do(number, step)

    @audited()
    def refuse(self, number: int, reason: str) -> Order | Refusal:
        order = locked(self._scope, number=number)
        if order is None:
            return UnknownOrder(number)
        if order.status == OrderStatus.CANCELLED:
            return view(order)
        return refuse(self._scope, order, self._actor, reason)

    @audited()
    def ready(self, number: int) -> Order | Refusal:
        def step(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
            if order.status == OrderStatus.PROCESSING:
                return None
            refusal = move(scope, order, OrderStatus.PROCESSING, actor)
            if refusal is None:
                if order.delivery is not None:
                    expect_pick_up(scope, order.delivery)
                scope.tell(OrderReady(view(order)))
            return refusal

        return self._do(number, step)

    @audited()
    def picked(self, number: int) -> Order | Refusal:
        def step(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
            delivery = order.delivery
            if delivery is None or order.fulfilment == Fulfilment.PICKUP:
                return wrong_step(order)
            if delivery.status == DeliveryStatus.PICKED_UP:
                return None
            if delivery.status in UNTAKEN:
                delivery.by_seller = True
                delivery.next_offer_at = delivery.give_up_at = None
                withdraw(scope, order, delivery, keep=None)
            elif delivery.status != DeliveryStatus.ACCEPTED:
                return WrongStep(number, delivery.status)
            return pick_up(scope, order, delivery, actor)

        return self._do(number, step)

    @audited(unsaid=("code",))
    def delivered(self, number: int, code: str) -> Order | Refusal:
        def step(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
            if order.status == OrderStatus.DELIVERED:
                return None
            return hand_over(scope, order, code, actor)

        return self._do(number, step)

    @audited()
    def own_rider(self, number: int) -> Order | Refusal:
        return self._do(number, choices.bring_it_yourself)

    @audited()
    def as_pickup(self, number: int) -> Order | Refusal:
        return self._do(number, choices.become_pickup)

    @audited()
    def offer_again(self, number: int) -> Order | Refusal:
        return self._do(number, choices.offer_again)

    @audited()
    def failed(self, number: int, reason: str) -> Order | Refusal:
        def step(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
            delivery = order.delivery
            if delivery is None:
                return wrong_step(order)
            if delivery.status == DeliveryStatus.FAILED:
                return None
            if delivery.status != DeliveryStatus.PICKED_UP:
                return WrongStep(number, delivery.status)
            fail(scope, order, delivery, actor, reason)
            return None

        return self._do(number, step)

    @audited()
    def back(self, number: int) -> Order | Refusal:
        return self._do(number, goods_back)

    def riders(self) -> Sequence[Carrier]:
        return carriers(self._scope)

    @audited()
    def assign(self, number: int, rider: str) -> Order | Refusal:
        def step(scope: Scope, order: OrderRow, actor: Actor) -> Refusal | None:
            row = scope.session.get(RiderRow, UUID(rider))
            if row is None or row.shop_id != scope.shop.id or not row.active or row.suspended:
                return wrong_step(order)
            return assign(scope, order, row, actor)

        return self._do(number, step)

    @audited(answered=True)
    def set_stock(self, sku: str, count: int) -> StockSet | Refusal:
        return self._stock(sku, count, stock_taking.set_count)

    @audited(answered=True)
    def add_stock(self, sku: str, more: int) -> StockSet | Refusal:
        return self._stock(sku, more, stock_taking.add)

    @audited(answered=True)
    def lose_stock(self, sku: str, lost: int, why: Loss) -> StockSet | Refusal:
        if lost < 1:
            return BadAmount(str(lost))

        def change(scope: Scope, sku: str, lost: int, actor: Actor) -> stock_taking.Counted:
            return stock_taking.lose(scope, sku, lost, why.value, actor)

        return self._stock(sku, lost, change)

    @audited(answered=True)
    def set_level(self, sku: str, level: Level, at: int | None) -> LevelsSet | Refusal:
        goods, kind = goods_typed(self._snapshot, sku)
        if goods is None:
            return UnknownProduct(sku)
        if at is not None and not 0 <= at <= stock_taking.MOST_ON_HAND:
            return BadAmount(str(at))
        meant = (kind,) if kind is not None else goods.kinds or (goods,)
        told = set_level(self._scope, [each.sku for each in meant], level, at)
        name = goods.label_of(kind)
        return NotCounted(name) if told is None else LevelsSet(name, told.low, told.critical)

    @audited(answered=True)
    def set_price(self, sku: str, price: Decimal) -> PriceSet | Refusal:
        goods, kind = goods_typed(self._snapshot, sku)
        if goods is None:
            return UnknownProduct(sku)
        return pricing.set_price(self._scope, goods, kind, price)

    @audited(answered=True)
    def add_alias(self, words: str, sku: str, *, sure: bool = False) -> AliasSet | Refusal:
        return aliases.add_alias(self._scope, self._snapshot, words, sku, sure=sure)

    def missed(self) -> Sequence[Missed]:
        return most_asked(self._scope, MOST_MISSED)

    def may_mean(self, words: str) -> Sequence[Offered]:
        return offers(self._scope, words)

    @audited()
    def not_sold(self, words: str) -> None:
        settle(self._scope, words, DISMISSED)

    @audited(answered=True)
    def set_floor(self, sku: str, floor: Decimal) -> FloorSet | Refusal:
        goods, kind = goods_typed(self._snapshot, sku)
        if goods is None:
            return UnknownProduct(sku)
        return floors.set_floor(self._scope, goods, kind, floor)

    @audited(answered=True)
    def set_floor_off(self, sku: str, percent: Decimal) -> FloorSet | Refusal:
        goods, kind = goods_typed(self._snapshot, sku)
        if goods is None:
            return UnknownProduct(sku)
        return floors.set_floor_off(self._scope, goods, kind, percent)

    def sales(self) -> SalesToday:
        return sales_today(self._scope)

    @audited()
    def open_shop(self) -> None:
        self._scope.shop.closed_by_seller = False
        resume(self._scope.shop)

    @audited()
    def close_shop(self) -> None:
        self._scope.shop.closed_by_seller = True

    @audited(unsaid=("words",))
    def answer(self, number: int, words: str) -> Order | Refusal:
        order = self.find(number)
        if order is None:
            return UnknownOrder(number)
        talks.hold(self._scope, UUID(order.person), "human")
        self._scope.tell(SellerAnswered(order, words))
        return order

    @audited()
    def give_back(self, number: int) -> Order | Refusal:
        order = self.find(number)
        if order is None:
            return UnknownOrder(number)
        talks.hold(self._scope, UUID(order.person), "bot")
        return order

    def talks(self) -> Sequence[Talk]:
        return talks.held(self._scope)

    @audited(unsaid=("words",))
    def answer_person(self, person: str, words: str) -> None:
        talks.hold(self._scope, UUID(person), "human")
        self._scope.tell(SellerWrote(person, words))

    @audited()
    def give_back_person(self, person: str) -> None:
        talks.hold(self._scope, UUID(person), "bot")

    def _do(self, number: int, step: Step) -> Order | Refusal:
        """One step of a locked order; the order as it then stands."""
        order = locked(self._scope, number=number)
        if order is None:
            return UnknownOrder(number)
        refusal = step(self._scope, order, self._actor)
        return view(order) if refusal is None else refusal

    def _stock(
        self,
        sku: str,
        number: int,
        change: Callable[[Scope, str, int, Actor], stock_taking.Counted],
    ) -> StockSet | Refusal:
        goods, kind = goods_typed(self._snapshot, sku)
        if goods is None:
            return UnknownProduct(sku)
        supplier = counted_by(self._scope, goods)
        if supplier is not None:
            return CountedBySupplier(goods.label_of(kind), supplier)
        if kind is None and goods.kinds:
            return NeedsVariant(goods.sku, goods.name)
        if abs(number) > stock_taking.MOST_ON_HAND or (
            number < 0 and change is stock_taking.set_count
        ):
            return BadAmount(str(number))
        counted = change(self._scope, (kind or goods).sku, number, self._actor)
        return StockSet(goods.label_of(kind), counted.on_hand, counted.held, counted.kept)

    @property
    def _snapshot(self) -> Snapshot:
        return self._snapshots.of(self._scope.session, self._scope.shop)
