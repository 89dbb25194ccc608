"""VERIFY and REJECT: what the platform's own staff say about new shops."""

from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.seller.refused import refused
from flows.seller.role import seller, tell
from flows.spoken import command_option
from flows.visit import Visit
from intents.command import Command, Word

MOST_LISTED = 6


@seller.anywhere(Word.VERIFY)
def verify(visit: Visit, command: Command) -> Step:
    """The word alone lists who waits."""
    port = visit.ports.founding
    if port is None:
        return tell(visit, Message("seller-not-understood"))
    if not command.rest:
        return _waiting(visit)
    done = port.verify(_slug(command.rest))
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("done-verified", name=done.name))


@seller.anywhere(Word.REJECT)
def reject(visit: Visit, command: Command) -> Step:
    """Whoever is refused is told why."""
    port = visit.ports.founding
    if port is None:
        return tell(visit, Message("seller-not-understood"))
    slug, _, reason = command.rest.partition(" ")
    if not reason.strip():
        return tell(visit, Message("how-to-reject"))
    done = port.reject(_slug(slug), reason.strip())
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("done-rejected", name=done.name))


def _waiting(visit: Visit) -> Step:
    port = visit.ports.founding
    shops = port.pending()[:MOST_LISTED] if port is not None else ()
    if not shops:
        return tell(visit, Message("verify-none"))
    options = tuple(
        command_option(Command(Word.VERIFY, rest=shop.slug), verbatim(f"{shop.name} ({shop.slug})"))
        for shop in shops
    )
    return tell(visit, Message("verify-waiting"), options=options)


def _slug(word: str) -> str:
    return word.strip().casefold()
