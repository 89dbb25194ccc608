"""Free words that change the cart: several things in one message, one answer to all of them."""

from collections.abc import Sequence

from flows.customer.carrying import Outcome, carry_out, carry_out_swap, choose_change
from flows.customer.certainty import sure
from flows.customer.changes import CARRIERS, LONGEST_ID, Act, Change
from flows.customer.draft import STATES as CHECKOUT_STATES
from flows.customer.draft import left_at
from flows.customer.machine import customer
from flows.customer.planning import ACTS, Plan, actions_of, as_questions, plan
from flows.customer.said_instead import still_open
from flows.heard import Choice
from flows.machine import junction
from flows.message import Message
from flows.place import Step
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Action, Understanding

# Where the cart was on the screen, it is shown again.
CART_STATES = frozenset({"cart", "lines", "line"})


@customer.anywhere(Intent.ADD_TO_CART, Intent.REMOVE_FROM_CART, Intent.UPDATE_CART)
def change_cart(visit: Visit, heard: Understanding) -> Step:
    """Add, remove, update and swap, in words."""
    actions = actions_of(heard)
    if not actions:
        return _nothing_named(visit, heard)
    if (uncounted := _uncounted(actions)) is not None:
        return visit.go("quantity", sku=uncounted, act=Act.SET.value)
    made = plan(visit, actions)
    made.questions.extend(still_open(visit, actions))
    if not sure(heard) or any(_leaves_open(action) for action in actions):
        return make_sure(visit, made, heard.text)
    outcome = execute(visit, made)
    onward = _onward(heard)
    if onward is not None and not outcome.questions:
        visit.note(*outcome.messages())
        return customer.everywhere[onward](visit, Understanding("", heard.locale, onward, 1.0))
    return conclude(visit, outcome)


def _uncounted(actions: Sequence[Action]) -> str | None:
    """The goods of "change the rice", where nobody said how many there shall be."""
    if len(actions) != 1 or actions[0].intent is not Intent.UPDATE_CART:
        return None
    items = actions[0].items
    return items[0].sku if len(items) == 1 and items[0].quantity is None else None


def _leaves_open(action: Action) -> bool:
    """Several things to be changed, and of one it was not said to what. A swap says it by what goes."""
    if action.intent is not Intent.UPDATE_CART or len(action.items) < 2:
        return False
    counted = [item.quantity for item in action.items]
    return None in counted and 0 not in counted


def _nothing_named(visit: Visit, heard: Understanding) -> Step:
    """ "Add it" means what is on the screen; otherwise it is asked what is meant."""
    sku = visit.text("sku")
    if not sku:
        adding = heard.intent is Intent.ADD_TO_CART
        return visit.go("search") if adding else visit.go("lines")
    if heard.intent is Intent.UPDATE_CART:
        return visit.go("quantity", sku=sku, act=Act.SET.value)
    act = ACTS[heard.intent]
    change = Change(act, sku, 0 if act is Act.TAKE else 1)
    made = Plan(changes=[change])
    if not sure(heard):
        return make_sure(visit, made, heard.text)
    return conclude(visit, execute(visit, made))


def _onward(heard: Understanding) -> Intent | None:
    """Where the same message wants to go after the change ("2 rice and checkout")."""
    goals = (Intent.CHECKOUT, Intent.VIEW_CART)
    return next((action.intent for action in heard.also if action.intent in goals), None)


def make_sure(visit: Visit, made: Plan, words: str) -> Step:
    """Ask before anything is changed."""
    questions = [*as_questions(made, words), *made.questions]
    if any(len(way) > LONGEST_ID for question in questions for way in question.ids):
        return visit.stay(Message("changes-too-long"))
    outcome = Outcome(missing=made.missing, problems=made.problems, questions=questions)
    return conclude(visit, outcome)


def execute(visit: Visit, made: Plan) -> Outcome:
    """Carry out a plan. What could not be planned is told with what was done."""
    outcome = Outcome(missing=made.missing, problems=list(made.problems))
    carry_out(visit, made.changes, outcome)
    for swap in made.swaps:
        carry_out_swap(visit, swap, outcome)
    outcome.questions.extend(made.questions)
    return outcome


@junction("cart changed")
def conclude(visit: Visit, outcome: Outcome) -> Step:
    """One answer: what was done, what was not, and what is still to be asked."""
    visit.note(*outcome.messages())
    state = visit.place.spot.state
    if outcome.questions:
        asked = tuple(question.dump() for question in outcome.questions)
        ask = visit.swap if state == "which" else visit.go
        return ask("which", questions=asked)
    if not outcome.changed:
        return visit.stay()
    ordering = visit.place if state in CHECKOUT_STATES else left_at(visit.place)
    if ordering is not None and visit.ports.cart.read().lines:
        visit.place = ordering
        return visit.stay()
    setting = state == "quantity" and visit.text("act") == Act.SET
    if setting or state in CART_STATES or state in CHECKOUT_STATES:
        return visit.go("cart")
    return visit.go("more", sku=outcome.sku)


def changes_besides(visit: Visit, heard: Choice | Understanding) -> Step | None:
    """For messages about something else that also change the cart: "hi, 2 milk please". The change is
    made and noted, and None returned, unless something must be asked first."""
    if not isinstance(heard, Understanding):
        return None
    actions: tuple[Action, ...] = actions_of(heard)
    if not actions:
        return None
    made = plan(visit, actions)
    if not sure(heard):
        return make_sure(visit, made, heard.text)
    outcome = execute(visit, made)
    if outcome.questions:
        return conclude(visit, outcome)
    visit.note(*outcome.messages())
    return None


@customer.anywhere(*CARRIERS)
def chosen_change(visit: Visit, heard: Choice) -> Step:
    """An option whose id carries the whole change."""
    outcome = Outcome()
    choose_change(visit, heard.id, outcome)
    return conclude(visit, outcome)
