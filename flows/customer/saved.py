"""Lists that are bought again and again, and the last order once more."""

from collections.abc import Sequence

from flows.customer.carrying import Outcome, carry_out
from flows.customer.changes import Act, Change
from flows.customer.goods import find_goods
from flows.customer.instead import instead_of
from flows.customer.machine import customer
from flows.customer.options import BROWSE, CART
from flows.customer.ordering import conclude
from flows.customer.places import at_a_place
from flows.heard import Choice
from flows.message import Elastic, Message, verbatim
from flows.place import Step
from flows.ports.wishes import Kept, SavedList
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.understanding import Asked, Understanding
from intents.wish import Wish

# A name is what one writes on the top of a page.
LONGEST_NAME = 30
LISTS = Option("lists", Message("option-lists"))


def refill(visit: Visit, wanted: Sequence[Kept]) -> Outcome:
    """Put it all into the cart at today's prices. What is no longer sold is named, and so is every price
    that was another one then."""
    outcome = Outcome()
    known = [line for line in wanted if find_goods(visit, line.sku) is not None]
    outcome.missing.extend(line.name for line in wanted if line not in known)
    carry_out(visit, [Change(Act.ADD, line.sku, line.quantity) for line in known], outcome)
    now = {line.sku: line.unit_price for line in visit.ports.cart.read().lines}
    outcome.problems.extend(
        Message("cart-repriced", name=line.name, before=line.unit_price, after=now[line.sku])
        for line in known
        if line.sku in now and now[line.sku] != line.unit_price
    )
    return outcome


@customer.anywhere("instead")
def something_like_it(visit: Visit, heard: Choice) -> Step:
    """What is near to something that ran out of the cart: "instead:milk:2"."""
    sku, _, short = heard.argument.rpartition(":")
    found = find_goods(visit, sku)
    quantity = int(short) if short.isascii() and short.isdigit() else 1
    asked = instead_of(visit, sku, found.title, quantity) if found is not None else None
    if asked is None:
        return visit.go("cart")
    return conclude(visit, Outcome(questions=[asked]))


@customer.anywhere(Wish.SAVE_LIST)
def save(visit: Visit, heard: Understanding) -> Step:
    """What is in the cart, or else the last order, under a name; while it is asked where it goes, the
    place."""
    if at_a_place(visit):
        return customer.everywhere[Wish.SAVE_PLACE](visit, heard)
    lines = [Kept(x.sku, x.name, x.quantity, x.unit_price) for x in visit.ports.cart.read().lines]
    if not lines and (last := next(iter(visit.ports.orders.mine(1)), None)) is not None:
        lines = [Kept(x.sku, x.name, x.quantity, x.unit_price) for x in last.lines]
    if not lines or visit.ports.wishes is None:
        return visit.stay(Message("list-nothing"))
    said = heard.wish.rest if heard.wish is not None else ""
    made = visit.ports.wishes.save_list(said.strip(" .!?\"'")[:LONGEST_NAME], lines)
    visit.ports.facts.record("list-saved", lines=len(lines))
    told = Message("list-saved", name=called(made.name), items=_items(made))
    return visit.answer(visit.say(told, options=(CART, LISTS)))


def called(name: str) -> Message:
    return verbatim(name) if name else Message("list-own")


def _items(saved: SavedList) -> Elastic:
    return Elastic(tuple(f"{line.quantity} x {line.name}" for line in saved.lines))


def _lists(visit: Visit) -> Sequence[SavedList]:
    return visit.ports.wishes.lists() if visit.ports.wishes is not None else ()


def _named(visit: Visit, name: str) -> SavedList | None:
    return next((each for each in _lists(visit) if each.name == name), None)


@customer.state("lists")
class Lists:
    """The last saved first."""

    def show(self, visit: Visit) -> Reply:
        options = tuple(Option(f"list:{each.name}", called(each.name)) for each in _lists(visit))
        if not options:
            return visit.say(Message("lists-none"), options=(CART, BROWSE))
        return visit.say(Message("lists-title"), options=options, asks=Asked.CHOICE)


@customer.state("list")
class List:
    """`name` is the list's."""

    def show(self, visit: Visit) -> Reply:
        saved = _named(visit, visit.text("name"))
        if saved is None:
            return visit.say(Message("lists-none"), options=(LISTS, BROWSE))
        return visit.say(
            Message("list-view", name=called(saved.name), items=_items(saved)),
            options=(
                Option(f"buy-list:{saved.name}", Message("option-buy-list")),
                Option(f"drop-list:{saved.name}", Message("option-drop-list")),
            ),
        )


@customer.anywhere(Wish.LISTS, "lists")
def show_lists(visit: Visit, _: Choice | Understanding) -> Step:
    return visit.go("lists")


@customer.anywhere("list")
def open_list(visit: Visit, heard: Choice) -> Step:
    return visit.go("list", name=heard.argument)


@customer.anywhere("drop-list")
def drop(visit: Visit, heard: Choice) -> Step:
    if visit.ports.wishes is not None:
        visit.ports.wishes.drop_list(heard.argument)
    visit.note(Message("list-dropped", name=called(heard.argument)))
    return visit.swap("lists")


@customer.anywhere("buy-list")
def buy_chosen(visit: Visit, heard: Choice) -> Step:
    saved = _named(visit, heard.argument)
    return conclude(visit, refill(visit, saved.lines)) if saved else visit.go("lists")


@customer.anywhere(Wish.BUY_LIST)
def buy(visit: Visit, heard: Understanding) -> Step:
    """The list whose name is in the words, or the only one; else it is asked which."""
    words, lists = heard.text.casefold(), _lists(visit)
    fitting = [each for each in lists if each.name and each.name.casefold() in words]
    if not fitting and len(lists) == 1:
        fitting = list(lists)
    if len(fitting) != 1:
        return visit.go("lists")
    return conclude(visit, refill(visit, fitting[0].lines))
