"""ALIAS and MISSES: what customers call the goods, and what they ask for in vain."""

from collections.abc import Iterator

from flows.heard import Choice, Heard
from flows.machine import on
from flows.message import Message, verbatim
from flows.notices.desk import meanings
from flows.place import Step
from flows.ports.refusals import NearAlias, Refusal, UnknownProduct
from flows.ports.trade import AliasSet
from flows.reply import Option, Reply
from flows.seller.asking import confirm
from flows.seller.naming import Meant, meant
from flows.seller.refused import refused
from flows.seller.role import run, seller, tell, trade
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Asked

MOST_NEAR = 6
# Words and goods are split here by whoever writes it; else wherever both parts make sense.
BETWEEN = "="

INSIST, LEAVE, MISSED, NOT_SOLD = "insist", "leave", "missed", "not-sold"


@seller.anywhere(Word.ALIAS)
def alias(visit: Visit, command: Command) -> Step:
    """ "ALIAS omo washing-powder": the words, then a sku or the name of goods."""
    splits = list(_splits(command.rest))
    if not splits:
        return tell(visit, Message("how-to-alias"))
    words, goods, found = _meant(visit, splits)
    if found.sure is None and not found.entries:
        return refused(visit, UnknownProduct(goods))
    if found.sure is None:
        options = tuple(
            command_option(_completed(words, entry.sku), verbatim(entry.name))
            for entry in found.entries[:MOST_NEAR]
        )
        return tell(visit, Message("desk-which-goods", mention=goods), options=options)
    if not command.exact:
        return confirm(visit, _completed(words, found.sure.sku))
    return _named(visit, words, found.sure.sku)


@seller.state("near-alias")
class Near:
    """The words are nearly what another product is called: are they meant so?"""

    def show(self, visit: Visit) -> Reply:
        return visit.say(
            Message("desk-alias-near", words=visit.text("words"), name=visit.text("name")),
            options=(Option(INSIST, Message("trade-yes")), Option(LEAVE, Message("trade-no"))),
            asks=Asked.YES_NO,
        )

    @on(INSIST, Intent.AFFIRM)
    def insist(self, visit: Visit, _: Heard) -> Step:
        words, sku = visit.text("words"), visit.text("sku")
        return _done(visit, trade(visit).add_alias(words, sku, sure=True))

    @on(LEAVE, Intent.DENY)
    def leave(self, visit: Visit, _: Heard) -> Step:
        return tell(visit, Message("desk-nothing-done"))

    @on(Word.OK, Word.NO)
    def say(self, visit: Visit, command: Command) -> Step:
        """ "ok" and "no" alone answer; with a number they are about that order."""
        if command.number is not None:
            return run(visit, command)
        return (
            self.insist(visit, command) if command.word is Word.OK else self.leave(visit, command)
        )


@seller.anywhere(Word.MISSES)
def misses(visit: Visit, _: Heard) -> Step:
    """What was asked for most this week; each can be given a meaning."""
    missed = trade(visit).missed()
    if not missed:
        return tell(visit, Message("desk-misses-none"))
    options = tuple(
        Option(
            f"{MISSED}:{each.words}",
            Message("desk-miss-line", words=each.words, count=each.people),
        )
        for each in missed
    )
    return tell(visit, Message("desk-misses"), options=options)


@seller.anywhere(MISSED)
def what_is_it(visit: Visit, choice: Choice) -> Step:
    words = choice.argument
    options = meanings(words, trade(visit).may_mean(words))
    return tell(visit, Message("desk-miss-meaning", words=words), options=options)


@seller.anywhere(NOT_SOLD)
def not_sold(visit: Visit, choice: Choice) -> Step:
    trade(visit).not_sold(choice.argument)
    return tell(visit, Message("desk-miss-dismissed", words=choice.argument))


def _splits(rest: str) -> Iterator[tuple[str, str]]:
    """The ways to read a rest as words and goods, those with the longest goods first."""
    if BETWEEN in rest:
        words, _, goods = rest.partition(BETWEEN)
        if words.strip() and goods.strip():
            yield words.strip(), goods.strip()
        return
    parts = rest.split()
    for at in range(1, len(parts)):
        yield " ".join(parts[:at]), " ".join(parts[at:])


def _meant(visit: Visit, splits: list[tuple[str, str]]) -> tuple[str, str, Meant]:
    """The first split whose goods are written as they are called, else the first whose are plainly
    known, else whose may be several."""
    names = visit.ports.catalogue.names
    read = [(words, goods, meant(goods, names, kinds=False)) for words, goods in splits]
    exact = [one for one in read if one[2].exact]
    sure = [one for one in read if one[2].sure is not None]
    several = [one for one in read if one[2].entries]
    return (exact or sure or several or read)[0]


def _named(visit: Visit, words: str, sku: str) -> Step:
    done = trade(visit).add_alias(words, sku)
    if isinstance(done, NearAlias):
        return visit.go("near-alias", words=words, sku=sku, name=done.name)
    return _done(visit, done)


def _done(visit: Visit, done: AliasSet | Refusal) -> Step:
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("alias-set", words=done.words, name=done.name))


def _completed(words: str, sku: str) -> Command:
    return Command(Word.ALIAS, rest=f"{words} {BETWEEN} {sku}")
