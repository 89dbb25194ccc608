"""The coupon of one customer's open cart."""

from flows.money import Money
from flows.ports.loyalty import MENDED_BY_CART, CouponKind, CouponOn, Why
from flows.ports.quote import SavingKind
from flows.ports.refusals import CouponRefused, Refusal
from store.cart import ShopCart
from store.coupons import tries
from store.coupons.finding import as_code, find
from store.coupons.judging import Known, judge
from store.models import PersonRow
from store.quoting.quoting import Quoting
from store.scope import Scope


class CartCoupons:
    """Implements flows.ports.loyalty.CouponPort."""

    def __init__(self, scope: Scope, person: PersonRow, cart: ShopCart, quoting: Quoting) -> None:
        self._scope = scope
        self._person = person
        self._cart = cart
        self._quoting = quoting

    @property
    def any(self) -> bool:
        return self._scope.shop.coupons

    @property
    def code(self) -> str | None:
        row = self._cart.row
        return row.coupon if row is not None else None

    def known(self, word: str) -> bool:
        return isinstance(self._find(word), Known)

    def put(self, code: str) -> CouponOn | Refusal:
        known = self._find(code)
        if isinstance(known, CouponRefused):
            return known
        basket, _ = self._quoting.basket(None, None)
        judged = judge(known, basket, self._scope.now, self._scope.shop.currency)
        empty = not basket.lines
        if isinstance(judged, CouponRefused) and judged.why not in MENDED_BY_CART:
            return judged
        self._cart.keep_coupon(known.coupon.code)
        if isinstance(judged, CouponRefused) and not empty:
            return judged
        if empty:
            return CouponOn(known.coupon.code, Money.zero(self._scope.shop.currency))
        return self._worth(known)

    def drop(self) -> str | None:
        code = self.code
        if code is not None:
            self._cart.keep_coupon(None)
        return code

    def _worth(self, known: Known) -> CouponOn:
        """As the whole reckoning has it: promotions come off first."""
        quote = self._quoting.reckon(None, None).quote
        saved = sum(
            (s.amount for s in quote.savings if s.kind is SavingKind.COUPON),
            Money.zero(self._scope.shop.currency),
        )
        return CouponOn(known.coupon.code, saved, known.coupon.kind == CouponKind.DELIVERY)

    def _find(self, text: str) -> Known | CouponRefused:
        until = tries.blocked_until(self._scope, self._person.id)
        shown = text.strip().upper()
        if until is not None:
            return CouponRefused(shown, Why.TRIES, at=until)
        code = as_code(text)
        known = find(self._scope, code, self._person.id) if code is not None else None
        if known is None:
            tries.count_wrong(self._scope, self._person.id)
            return CouponRefused(shown, Why.UNKNOWN)
        return known
