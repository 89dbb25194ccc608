"""The customer's four digits, which close a delivery."""

import hmac

from flows.happenings import CodeLockedOut
from flows.ports.orders import Role
from flows.ports.refusals import CodeLocked, Refusal, WrongCode
from store.actor import Actor
from store.models import OrderRow
from store.orders.views import view
from store.scope import Scope


def check(scope: Scope, order: OrderRow, code: str, actor: Actor) -> Refusal | None:
    """None when `code` is the order's. A rider has five tries, then only the seller may close the
    delivery, with as many again: a caller who guesses never gets far into ten thousand codes."""
    most = scope.rules.code_tries * (2 if actor.role is Role.SELLER else 1)
    if order.code_tries >= most:
        return CodeLocked(order.number)
    if hmac.compare_digest(code.strip().encode(), order.code.encode()):
        return None
    order.code_tries += 1
    if order.code_tries < most:
        return WrongCode(order.number, most - order.code_tries)
    if actor.role is not Role.SELLER:
        scope.tell(CodeLockedOut(view(order)))
    return CodeLocked(order.number)
