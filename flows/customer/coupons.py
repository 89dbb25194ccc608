"""Coupons: a code goes into the cart, counts or says why not, and comes out again."""

import re

from flows.customer.asking import tell_of
from flows.customer.certainty import sure
from flows.customer.draft import STATES as CHECKOUT_STATES
from flows.customer.machine import customer
from flows.customer.options import CART, HUMAN
from flows.customer.ordering import changes_besides
from flows.explain import explain
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.ports.loyalty import CouponOn, CouponPort
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding
from intents.wish import Wish

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{2,19}")
# Where a word that stands alone may be a code: at the cart, and in the checkout's questions that take no
# words of the customer's own.
CODES_HERE = frozenset(
    {"home", "cart", "lines", "line", "info", "fulfilment", "rail", "payer", "summary", "change"}
)
# What a sentence with a code in it is taken for.
UNSURE_OF = frozenset({Intent.OUT_OF_SCOPE, Intent.APPLY_COUPON, Intent.SEARCH})
# "use FRIDAY please"
LONGEST = 3


@customer.state("coupon")
class AskCode:
    """The code is to be written."""

    def show(self, visit: Visit) -> Reply:
        return visit.say(Message("coupon-ask"), options=(CART, HUMAN))

    @on(Understanding)
    def written(self, visit: Visit, heard: Understanding) -> Step:
        word = heard.text.strip()
        port = visit.ports.coupons
        if port is None or CODE.fullmatch(word) is None:
            return visit.stay()
        return put(visit, port, word)


@customer.anywhere(Intent.APPLY_COUPON)
def coupon(visit: Visit, heard: Understanding) -> Step:
    """A shop that never had any says so."""
    if (first := changes_besides(visit, heard)) is not None:
        return first
    port = visit.ports.coupons
    if port is None or not port.any:
        return tell_of(visit, heard, "coupon")
    if heard.coupon is None:
        return visit.go("coupon")
    return put(visit, port, heard.coupon)


@customer.first
def code_alone(visit: Visit, heard: Understanding) -> Step | None:
    """ "FRIDAY" and nothing else, or hardly anything."""
    port = visit.ports.coupons
    state = visit.place.spot.state
    if port is None or not port.any or state not in (*CODES_HERE, "coupon"):
        return None
    word = _candidate(heard, anything=state == "coupon")
    if word is None or not port.known(word):
        return None
    return put(visit, port, word)


def _candidate(heard: Understanding, *, anything: bool) -> str | None:
    """The word that may be a code: letters with figures, or capitals, where nothing else is meant.
    `anything`: a code was asked for."""
    words = heard.text.strip(" .!,").split()
    taken = heard.wish is not None or any(item.sku for item in heard.items)
    if taken or not words or len(words) > LONGEST:
        return None
    if sure(heard) and heard.intent not in UNSURE_OF:
        return None
    last = words[-1]
    if CODE.fullmatch(last) is None or last.isdigit():
        return None
    mixed = any(map(str.isdigit, last))
    shouted = last.isupper() and len(last) > 3
    return last if mixed or shouted or (anything and len(words) == 1) else None


def put(visit: Visit, port: CouponPort, code: str) -> Step:
    """Into the cart; what came of it is told where the customer stands, or at the cart."""
    done = port.put(code)
    visit.ports.facts.record("coupon", counts=int(isinstance(done, CouponOn)))
    if isinstance(done, CouponOn):
        return back_to_buying(visit, _words(done))
    if port.code is None:
        here = visit.place.spot.state == "coupon"
        return visit.stay(explain(done)) if here else back_to_buying(visit, explain(done))
    return back_to_buying(visit, explain(done), shown=True)


def _words(done: CouponOn) -> Message:
    if done.delivery:
        return Message("coupon-delivery", code=done.code)
    if not done.saving.minor:
        return Message("coupon-kept", code=done.code)
    return Message("coupon-on", code=done.code, saving=done.saving)


@customer.anywhere(Wish.DROP_COUPON)
def drop(visit: Visit, _: Understanding) -> Step:
    port = visit.ports.coupons
    code = port.drop() if port is not None else None
    if code is None:
        return visit.stay(Message("coupon-not-there"))
    return back_to_buying(visit, Message("coupon-off", code=code))


def back_to_buying(visit: Visit, said: Message, *, shown: bool = False) -> Step:
    """A question of the checkout is asked again; from elsewhere the cart is shown. `shown`: cart and
    summary say it by themselves."""
    state = visit.place.spot.state
    if state in CHECKOUT_STATES or state == "cart":
        return visit.stay() if shown and state in ("cart", "summary") else visit.stay(said)
    return (visit if shown else visit.note(said)).go("cart")
