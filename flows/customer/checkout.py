"""The way from the cart to the order: whatever is not known yet is asked, one thing at a time."""

from dataclasses import replace

from flows.customer.cart import differences, short_of, too_little
from flows.customer.collecting import collect, top_up, way_of
from flows.customer.draft import STATES, Draft, Task, draft_of, left_at
from flows.customer.machine import customer
from flows.customer.ordering import changes_besides
from flows.explain import explain
from flows.heard import Choice
from flows.machine import junction
from flows.message import Message
from flows.money import Money
from flows.notices.wording import collect as collect_words
from flows.place import Step
from flows.ports.delivery import Fulfilment
from flows.ports.orders import Order
from flows.ports.payments import Way
from flows.ports.refusals import AddressCosts, DoorCosts, Refusal
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Understanding


@customer.anywhere("checkout", Intent.CHECKOUT)
def begin(visit: Visit, heard: Choice | Understanding) -> Step:
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    if visit.place.spot.state in STATES and draft_of(visit).task is Task.ORDER:
        return visit.stay()
    if (wrong := unready(visit)) is not None:
        return wrong
    if (left := left_at(visit.place)) is not None:
        visit.place = left
        return visit.stay()
    set_out(visit)
    return proceed(visit, Draft())


def unready(visit: Visit) -> Step | None:
    """The cart is looked at afresh: what is different is said, and a cart that cannot be ordered shown."""
    cart = visit.ports.cart.read(refresh=True)
    visit.note(*differences(cart))
    if not cart.lines or too_little(visit, cart) is not None:
        return visit.go("cart", like=short_of(cart))
    return None


def set_out(visit: Visit) -> None:
    """A checkout begins: it is counted, and its owner reminded of it once if they leave it."""
    visit.ports.facts.record("checkout-started", pieces=visit.ports.cart.read().count)
    visit.ports.cart.checking_out()


@junction("next question")
def proceed(visit: Visit, draft: Draft) -> Step:
    """To the next question, or to the end of what the draft is for."""
    draft = _given(visit, draft)
    if draft.task in (Task.PAY, Task.TOP_UP):
        return _pay(visit, draft)
    if draft.kind is None:
        return visit.go("fulfilment", **draft.data())
    if draft.kind is not Fulfilment.PICKUP:
        if draft.area is None:
            return visit.go("area", **draft.data())
        if draft.landmark is None:
            return visit.go("landmark", **draft.data())
    if _asks_when(visit, draft):
        return visit.go("slot", **draft.data())
    if draft.task is Task.ADDRESS:
        return _change_address(visit, draft)
    if _unreachable(visit):
        return visit.go("contact", **draft.data())
    return _payment(visit, draft)


def _asks_when(visit: Visit, draft: Draft) -> bool:
    """Where the shop brings goods in windows of time; what is fast is brought at once."""
    slots = visit.ports.slots
    if draft.slot is not None or draft.task is not Task.ORDER or slots is None:
        return False
    return draft.kind is Fulfilment.STANDARD and bool(slots.offered())


def _unreachable(visit: Visit) -> bool:
    """Whether nobody could call this customer at the door."""
    profile = visit.ports.customer.profile()
    return profile.phone is None and profile.contact is None


def _given(visit: Visit, draft: Draft) -> Draft:
    """What leaves no choice is not asked."""
    if draft.kind is None:
        kinds = visit.ports.delivery.options()
        draft = replace(draft, kind=kinds[0].kind) if len(kinds) == 1 else draft
    if draft.rail is None and draft.task is Task.ORDER:
        rails = visit.ports.payments.options()
        draft = replace(draft, rail=rails[0].name) if len(rails) == 1 else draft
    return draft


def _payment(visit: Visit, draft: Draft) -> Step:
    if draft.rail is None:
        return visit.go("rail", **draft.data())
    if prompts(visit, draft.rail) and draft.payer is None:
        return visit.go("payer", **draft.data())
    return visit.go("summary", **draft.data())


def prompts(visit: Visit, rail: str) -> bool:
    """Whether `rail` asks a phone for approval."""
    return way_of(visit, rail) is Way.PROMPT


def _pay(visit: Visit, draft: Draft) -> Step:
    if draft.rail is None:
        return visit.go("rail", **draft.data())
    if draft.payer is None and prompts(visit, draft.rail):
        return visit.go("payer", **draft.data())
    if draft.task is Task.TOP_UP:
        amount = Money(draft.amount, visit.ports.shop.currency)
        return top_up(visit, amount, draft.rail, draft.payer or "")
    return collect(visit, draft.number, draft.rail, draft.payer or "")


def _change_address(visit: Visit, draft: Draft) -> Step:
    return readdress(visit, draft, None)


def readdress(visit: Visit, draft: Draft, agreed: Money | None, *, at_door: bool = False) -> Step:
    """Where the new place costs more, a yes to that is asked first."""
    area = draft.place
    if area is None:
        return visit.restart("order", number=draft.number)
    before = visit.ports.orders.find(draft.number)
    result = visit.ports.orders.change_address(
        draft.number, area, draft.landmark or None, agreed, at_door=at_door
    )
    if isinstance(result, AddressCosts):
        costs = {"more": result.more.minor, "total": result.total.minor}
        return visit.go("dearer-address", **draft.data(), **costs)
    if isinstance(result, DoorCosts):
        costs = {"more": result.more.minor, "due": result.due.minor}
        return visit.go("dearer-address", **draft.data(), **costs)
    if isinstance(result, Refusal):
        return visit.note(explain(result)).restart("order", number=draft.number)
    return visit.note(*_changed(before, result, area.name)).restart("order", number=draft.number)


def _changed(before: Order | None, order: Order, area: str) -> tuple[Message, ...]:
    """Where it goes now, and what is to be paid then, where that is another sum."""
    number = order.number
    if before is not None and before.total != order.total:
        return (Message("address-changed-total", number=number, area=area, total=order.total),)
    said = Message("address-changed", number=number, area=area)
    # What is due there is said with the order, below; that nothing is any more is not.
    eased = before is not None and before.due_at_door and not order.due_at_door
    return (said, collect_words(order)) if eased else (said,)
