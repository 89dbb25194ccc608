"""Stars that buyers give: only for what they have had, one for each order."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from flows.happenings import BadlyRated, RatedLow, RatingAsked
from flows.ports.orders import OrderStatus
from flows.ports.ratings import LEAST_SHOWN, Average, Rating
from flows.ports.refusals import NothingToRate, OwnShop, RatingOver, Refusal, UnknownOrder
from store.falling_due import falling_due
from store.ids import new_id
from store.models import (
    ConversationRow,
    OrderRow,
    PersonRow,
    ProductRow,
    RatingRow,
    ShopRow,
    VariantRow,
)
from store.moderation import moderated
from store.orders.moving import wrong_step
from store.orders.views import locked, view
from store.quiet import next_allowed
from store.scope import Scope
from store.snapshot import changed as catalogue_changed
from store.workers import works_here

LONGEST_WORDS = 300


def due_at(scope: Scope) -> datetime:
    """When the buyer of what arrives now is asked: some hours later, and not at night."""
    return next_allowed(scope.shop, scope.now + scope.rules.ratings.after, scope.rules.quiet)


to_ask = falling_due(OrderRow.rating_at, OrderRow.shop_id, OrderRow.id)
"""Orders of whose buyers it is time to ask."""


def ask(scope: Scope, order_id: UUID) -> None:
    """Ask once; nobody who has said it or works at the shop, nor of what went back. A question that was
    kept waiting until night waits for the morning, and one in the middle of something else for its end."""
    order = locked(scope, order_id=order_id)
    if order is None or order.rating_at is None or order.rating_at > scope.now:
        return
    morning = next_allowed(scope.shop, scope.now, scope.rules.quiet)
    if morning > scope.now:
        order.rating_at = morning
        return
    if _in_talk(scope, order.person_id):
        order.rating_at = scope.now + scope.rules.ratings.pause
        return
    order.rating_at = None
    if works_here(scope, order.person_id):
        return
    if order.status == OrderStatus.DELIVERED and _of(scope, order.id) is None:
        scope.tell(RatingAsked(view(order)))


def _in_talk(scope: Scope, person_id: UUID) -> bool:
    """Whether they wrote, or were shown something to choose from, so lately that a number of theirs may
    still mean that."""
    lately = scope.session.scalar(
        select(ConversationRow.updated_at).where(
            ConversationRow.shop_id == scope.shop.id, ConversationRow.person_id == person_id
        )
    )
    return lately is not None and lately > scope.now - scope.rules.ratings.pause


class ShopRatings:
    """Implements flows.ports.ratings.RatingsPort."""

    def __init__(self, scope: Scope, person: PersonRow) -> None:
        self._scope = scope
        self._person = person

    def rate(self, number: int | None, stars: int, words: str = "") -> Rating | Refusal:
        scope = self._scope
        if works_here(scope, self._person.id):
            return OwnShop()
        order = self._order(number)
        if order is None:
            return NothingToRate() if number is None else UnknownOrder(number)
        if order.status != OrderStatus.DELIVERED:
            return wrong_step(order)
        row = _of(scope, order.id)
        first = row.created_at if row is not None else None
        if first is not None and scope.now - first > scope.rules.ratings.changed_within:
            return RatingOver(order.number)
        arrived = order.delivered_at or order.updated_at
        if first is None and scope.now - arrived > scope.rules.ratings.within:
            return RatingOver(order.number)
        before = row.stars if row is not None else None
        row = row or self._new(order)
        row.stars, row.changed_at = stars, scope.now
        row.words = moderated(words, LONGEST_WORDS) or row.words
        order.rating_at = None
        scope.session.flush()
        said = Rating(order.number, stars, row.words)
        if stars <= scope.rules.ratings.bad and (before != stars or words):
            scope.tell(BadlyRated(view(order), said))
        if before != stars:
            _count(scope, order, stars - (before or 0), 0 if before else 1)
        return said

    def asked(self) -> int | None:
        scope = self._scope
        rated = select(RatingRow.id).where(RatingRow.order_id == OrderRow.id).exists()
        return scope.session.scalar(
            select(OrderRow.number)
            .where(
                OrderRow.shop_id == scope.shop.id,
                OrderRow.person_id == self._person.id,
                OrderRow.status == OrderStatus.DELIVERED,
                OrderRow.delivered_at >= scope.now - scope.rules.ratings.asked_lately,
                OrderRow.rating_at.is_(None),
                ~rated,
            )
            .order_by(OrderRow.number.desc())
            .limit(1)
        )

    def latest(self, limit: int = 3) -> Sequence[Rating]:
        rows = self._scope.session.execute(
            select(OrderRow.number, RatingRow.stars, RatingRow.words)
            .join(OrderRow, OrderRow.id == RatingRow.order_id)
            .where(RatingRow.shop_id == self._scope.shop.id, RatingRow.words != "")
            .order_by(RatingRow.changed_at.desc())
            .limit(limit)
        )
        return [Rating(number, stars, words) for number, stars, words in rows]

    def _order(self, number: int | None) -> OrderRow | None:
        """Locked, and the person's own."""
        scope = self._scope
        if number is None:
            number = scope.session.scalar(
                select(OrderRow.number)
                .where(
                    OrderRow.shop_id == scope.shop.id,
                    OrderRow.person_id == self._person.id,
                    OrderRow.status == OrderStatus.DELIVERED,
                )
                .order_by(OrderRow.number.desc())
                .limit(1)
            )
        order = locked(scope, number=number) if number is not None else None
        return order if order is not None and order.person_id == self._person.id else None

    def _new(self, order: OrderRow) -> RatingRow:
        row = RatingRow(
            id=new_id(),
            shop_id=self._scope.shop.id,
            order_id=order.id,
            person_id=self._person.id,
            stars=0,
            words="",
            created_at=self._scope.now,
            changed_at=self._scope.now,
        )
        self._scope.session.add(row)
        return row


def _of(scope: Scope, order_id: UUID) -> RatingRow | None:
    return scope.session.scalar(
        select(RatingRow).where(RatingRow.shop_id == scope.shop.id, RatingRow.order_id == order_id)
    )


def _count(scope: Scope, order: OrderRow, stars: int, raters: int) -> None:
    """Add to what the order's goods and the shop have; the shop's row last, since every order wants it."""
    skus = sorted({line.sku for line in order.lines})
    shown = False
    for product_id in _products(scope, skus):
        now = scope.session.execute(
            update(ProductRow)
            .where(ProductRow.shop_id == scope.shop.id, ProductRow.id == product_id)
            .values(stars=ProductRow.stars + stars, raters=ProductRow.raters + raters)
            .returning(ProductRow.stars, ProductRow.raters)
            .execution_options(synchronize_session=False)
        ).one()
        was = Average.of(now.stars - stars, now.raters - raters)
        shown |= _differs(was, Average.of(now.stars, now.raters))
    _count_shop(scope, stars, raters)
    if shown:
        catalogue_changed(scope.session, scope.shop)


def _differs(was: Average | None, now: Average | None) -> bool:
    """Whether what is shown is another; how many there are may be a little old."""
    return (was.tenths if was else None) != (now.tenths if now else None)


def _products(scope: Scope, skus: Sequence[str]) -> Sequence[UUID]:
    """Of which products these are, or the variants; in the order in which their rows are locked."""
    shop = scope.shop.id
    kinds = select(VariantRow.product_id).where(
        VariantRow.shop_id == shop, VariantRow.sku.in_(skus)
    )
    wanted = select(ProductRow.id).where(
        ProductRow.shop_id == shop, ProductRow.sku.in_(skus) | ProductRow.id.in_(kinds)
    )
    return scope.session.scalars(wanted.order_by(ProductRow.id)).all()


def _count_shop(scope: Scope, stars: int, raters: int) -> None:
    """Tells RatedLow where the average falls below what is asked of a shop."""
    now = scope.session.execute(
        update(ShopRow)
        .where(ShopRow.id == scope.shop.id)
        .values(stars=ShopRow.stars + stars, raters=ShopRow.raters + raters)
        .returning(ShopRow.stars, ShopRow.raters)
        .execution_options(synchronize_session=False)
    ).one()
    before = _is_low(scope, now.stars - stars, now.raters - raters)
    average = Average.of(now.stars, now.raters)
    if average is not None and _is_low(scope, now.stars, now.raters) and not before:
        scope.tell(RatedLow(average))


def _is_low(scope: Scope, stars: int, raters: int) -> bool:
    """Whether enough buyers have said so for a shop to be judged by it."""
    enough = max(scope.rules.ratings.judged, LEAST_SHOWN)
    return raters >= enough and stars < scope.rules.ratings.least * raters
