"""Questions that must be answered before the cart is changed: which one, how many, did you mean."""

from collections.abc import Callable, Mapping, Sequence

from flows.customer.carrying import Outcome, choose_change
from flows.customer.certainty import sure
from flows.customer.changes import (
    CARRIERS,
    Act,
    Ask,
    Change,
    Question,
    read_changes,
)
from flows.customer.goods import Goods, find_goods, title_of
from flows.customer.machine import customer, elsewhere
from flows.customer.options import BROWSE, NO, NONE, tell_back
from flows.customer.ordering import conclude
from flows.customer.said_instead import (
    UNDECIDED,
    in_their_number,
    pending,
    product_asked_about,
    wants_less,
)
from flows.customer.wishing import keep_wish
from flows.heard import Choice
from flows.machine import on
from flows.message import Elastic, Message, verbatim
from flows.place import Step
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

QUESTIONS: Mapping[Ask, Callable[[str], Message]] = {
    Ask.WHICH: lambda about: Message("ask-which", about=about),
    Ask.VARIANT: lambda about: Message("ask-variant", about=about),
    Ask.WHOLE: lambda about: Message("ask-whole", about=about),
    Ask.MANY: lambda about: Message("ask-many", about=about),
    Ask.SURE: lambda _: Message("ask-sure"),
    Ask.INSTEAD: lambda about: Message("ask-instead", name=about),
}

DOING: Mapping[Act, Callable[[str, int], Message]] = {
    Act.ADD: lambda name, quantity: Message("do-add", name=name, quantity=quantity),
    Act.SET: lambda name, quantity: (
        Message("do-set", name=name, quantity=quantity)
        if quantity
        else Message("do-remove", name=name)
    ),
    Act.TAKE: lambda name, quantity: (
        Message("do-take", name=name, quantity=quantity)
        if quantity
        else Message("do-remove", name=name)
    ),
}


@customer.state("which")
class Which:
    """`questions` are asked one after the other."""

    def show(self, visit: Visit) -> Reply:
        questions = pending(visit)
        if not questions:
            return visit.say(Message("nothing-to-ask"), options=(BROWSE,))
        question = questions[0]
        visit.remember(sku=product_asked_about(visit, question))
        options = [_option(visit, question, way) for way in question.ids]
        asks = Asked.YES_NO if question.ask in (Ask.SURE, Ask.LEFT) else Asked.PRODUCT
        no = NONE if question.ask in (Ask.WHICH, Ask.VARIANT, Ask.INSTEAD) else NO
        said = (*_words(visit, question), *_asked_next(questions))
        return visit.say(*said, options=(*options, no), asks=asks)

    @on(*CARRIERS)
    def choose(self, visit: Visit, heard: Choice) -> Step:
        outcome = Outcome()
        choose_change(visit, heard.id, outcome)
        return _next(visit, outcome)

    @on(Intent.AFFIRM)
    def agree(self, visit: Visit, heard: Understanding) -> Step:
        """A yes answers a question that has only one way, and takes what is left."""
        questions = pending(visit)
        if questions and _one_way(questions[0]) and sure(heard):
            return self.choose(visit, Choice(questions[0].ids[0]))
        return visit.stay(Message("choose-one"))

    @on(Intent.CHECKOUT)
    def go_on(self, visit: Visit, heard: Understanding) -> Step:
        """Whoever goes on to pay has agreed to the one thing that was asked; the summary says it again."""
        questions = pending(visit)
        if len(questions) == 1 and _one_way(questions[0]) and sure(heard):
            outcome = Outcome()
            choose_change(visit, questions[0].ids[0], outcome)
            if outcome.questions:
                return _next(visit, outcome)
            visit.note(*outcome.messages())
            _leave(visit)
        elif questions and not visit.ports.cart.read().lines:
            return visit.stay(Message("choose-one"))
        else:
            visit.note(*_left_out(questions))
        return customer.everywhere[Intent.CHECKOUT](visit, heard)

    @on("no", Intent.DENY)
    def decline(self, visit: Visit, _: Choice | Understanding) -> Step:
        return _next(visit, Outcome(problems=[Message("left-as-it-was")]))

    @on("tell-back")
    def tell_me(self, visit: Visit, heard: Choice) -> Step:
        return _next(visit, Outcome(problems=[keep_wish(visit, heard.argument)]))

    @on(Asked.PRODUCT)
    def name_it(self, visit: Visit, heard: Understanding) -> Step:
        """ "the 5kg one", "two of the 5kg": words that fit just one of the ways."""
        questions = pending(visit)
        named = {sku for item in heard.items for sku in (item.sku, *item.candidates) if sku}
        offered = [w for w in questions[0].ids if read_changes(w)] if questions else []
        ways = [way for way in offered if _sku(way) in named]
        ways = ways or [way for way in offered if _said(visit, way, heard.text)]
        if len(ways) == 1 and not wants_less(questions[0], heard):
            way = in_their_number(visit, questions[0], ways[0], heard)
            if way is not None:
                return self.choose(visit, Choice(way))
        return elsewhere(visit, heard) or visit.stay(Message("choose-one"))


def _one_way(question: Question) -> bool:
    if not read_changes(question.ids[0]):
        return False
    return len(question.ids) == 1 or question.ask is Ask.LEFT


def _next(visit: Visit, outcome: Outcome) -> Step:
    """On to what the answer itself asks, then to the next question, then to where one was."""
    rest = [*outcome.questions, *pending(visit)[1:]]
    if rest:
        visit.note(*outcome.messages())
        return visit.swap("which", questions=tuple(question.dump() for question in rest))
    _leave(visit)
    return conclude(visit, outcome)


def _leave(visit: Visit) -> None:
    before = visit.place.leave()
    if before is not None:
        visit.place = before


def _sku(way: str) -> str:
    return read_changes(way)[0].sku


def _kind(visit: Visit, sku: str) -> str:
    """What tells this kind of a product from its others ("5kg"), or its title where it has none."""
    product = visit.ports.catalogue.product(sku)
    variant = product.variant(sku) if product else None
    return variant.label if variant else title_of(visit, sku)


def _said(visit: Visit, way: str, words: str) -> bool:
    return f" {_kind(visit, _sku(way)).casefold()} " in f" {words.casefold()} "


def _words(visit: Visit, question: Question) -> tuple[Message, ...]:
    changes = read_changes(question.ids[0])
    if question.ask is Ask.LEFT:
        return (Message("refused-only-left", count=changes[0].quantity, name=question.about),)
    if question.ask is Ask.INSTEAD and not changes:
        return (Message("refused-sold-out", name=question.about),)
    asked = QUESTIONS[question.ask](question.about)
    return (asked, *_list(visit, changes)) if question.ask is Ask.SURE else (asked,)


def _list(visit: Visit, changes: Sequence[Change]) -> tuple[Message, ...]:
    """All that a yes would do, where it is too much for a label."""
    if len(changes) < 2:
        return ()
    return (Message("verbatim", text=tuple(_doing(visit, change) for change in changes)),)


def _asked_next(questions: Sequence[Question]) -> tuple[Message, ...]:
    """Under "did I understand you right?": the rest of what was understood."""
    names = tuple(q.about for q in questions[1:] if q.ask in UNDECIDED)
    if questions[0].ask is not Ask.SURE or not names:
        return ()
    return (Message("ask-next", items=Elastic(names)),)


def _left_out(questions: Sequence[Question]) -> tuple[Message, ...]:
    """Who goes on to pay hears what did not get into the cart."""
    names = tuple(q.about for q in questions if q.ask in UNDECIDED)
    return (Message("changes-left-out", items=Elastic(names)),) if names else ()


def _doing(visit: Visit, change: Change) -> Message:
    return DOING[change.act](title_of(visit, change.sku), change.quantity)


def _option(visit: Visit, question: Question, way: str) -> Option:
    changes = read_changes(way)
    if not changes:
        return tell_back(way.partition(":")[2])
    if question.ask is Ask.SURE:
        label = _doing(visit, changes[0]) if len(changes) == 1 else Message("option-yes")
        return Option(way, label)
    found = find_goods(visit, changes[0].sku)
    title = found.title if found else changes[0].sku
    if question.ask is Ask.LEFT and changes[0].act is Act.SET:
        return Option(way, Message("option-take-left", count=changes[0].quantity))
    if question.ask in (Ask.WHOLE, Ask.MANY):
        return Option(way, verbatim(f"{changes[0].quantity} x {title}"))
    count = changes[0].quantity
    counted = question.ask in (Ask.LEFT, Ask.INSTEAD)
    if question.ask is Ask.VARIANT:
        # The question says the product, and people type just what tells the kinds apart.
        title = _kind(visit, changes[0].sku)
        counted = len({read_changes(other)[0].quantity for other in question.ids}) > 1
    if counted:
        return Option(way, verbatim(f"{count} x {title}"), _price(found, count))
    return Option(way, verbatim(title), _price(found, 1) if count < 2 else _together(found, count))


def _price(found: Goods | None, count: int) -> Message | None:
    """For as many as the label says: nobody reads "2 x 1kg - 5,000" as the price of one."""
    return Message("price-only", price=found.cost(count)) if found else None


def _together(found: Goods | None, count: int) -> Message | None:
    return Message("price-of-several", quantity=count, price=found.cost(count)) if found else None
