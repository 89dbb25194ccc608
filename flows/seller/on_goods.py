"""A word about goods: done with those that are plainly meant, and asked about where several may be."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.refusals import NeedsVariant, Refusal, UnknownProduct
from flows.seller.naming import meant, variants_of
from flows.seller.refused import refused
from flows.seller.role import tell
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command
from intents.understanding import Entry

MOST_NEAR = 6

D = TypeVar("D")


def on_goods(
    visit: Visit,
    command: Command,
    goods: str,
    act: Callable[[str], D | Refusal],
    say: Callable[[D], Message],
) -> Step:
    """Do it with the goods called so, and `say` what was done. `command` has what stands behind the goods
    as its rest: with a sku before that it is each answer to the question which."""
    near = meant(goods, visit.ports.catalogue.names)
    if near.sure is None:
        if not near.entries:
            return refused(visit, UnknownProduct(goods))
        return ask_which(visit, command, goods, near.entries)
    done = act(near.sure.sku)
    if isinstance(done, NeedsVariant):
        kinds = variants_of(done.sku, visit.ports.catalogue.names)
        return ask_which(visit, command, goods, kinds)
    return refused(visit, done) if isinstance(done, Refusal) else tell(visit, say(done))


def ask_which(visit: Visit, command: Command, goods: str, entries: Sequence[Entry]) -> Step:
    """The whole command is the answer."""
    options = tuple(
        command_option(
            Command(command.word, rest=f"{entry.sku} {command.rest}".rstrip()), verbatim(entry.name)
        )
        for entry in entries[:MOST_NEAR]
    )
    return tell(visit, Message("desk-which-goods", mention=goods), options=options)
