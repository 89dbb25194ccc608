"""The desk: what is waiting, help, and what was not understood."""

from collections.abc import Sequence

from flows.heard import Choice, Dialled, Heard, Stale
from flows.message import Message
from flows.place import Step
from flows.ports.trade import Talk
from flows.reply import Option, Reply
from flows.seller.listing import order_options
from flows.seller.role import run, seller, tell, trade
from flows.seller.talks import ANSWER, reply_hint, who
from flows.spoken import PREFIX, chosen
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Understanding

HELP_PAGES = (
    Message("seller-help"),
    Message("seller-help-shop"),
    Message("seller-help-prices"),
    Message("seller-help-after"),
    Message("help-then", page=Message("how-to-team"), next=6),
    Message("help-then", page=Message("seller-help-supply"), next=7),
    Message("seller-help-last"),
)
# More customers than this are not offered as readers of a stray sentence.
MOST_OFFERED = 3


@seller.state("desk")
class Desk:
    """Open orders, or that there are none."""

    def show(self, visit: Visit) -> Reply:
        options = order_options(visit)
        if not options:
            return visit.say(Message("desk-quiet"))
        return visit.say(Message("desk-orders-open", count=len(options)), options=options)


@seller.anywhere(PREFIX)
def command_chosen(visit: Visit, choice: Choice) -> Step:
    """An option that is a command."""
    command = chosen(choice)
    if command is None or command.word not in seller.everywhere:
        return visit.home()
    return run(visit, command)


@seller.anywhere(Word.HELP, Intent.HELP)
def say_help(visit: Visit, heard: Heard) -> Step:
    """Page by page: "HELP 2" is about the goods and the shop itself. What is beyond is the last one."""
    number = heard.number if isinstance(heard, Command) else None
    return tell(visit, HELP_PAGES[min(max(number or 1, 1), len(HELP_PAGES)) - 1])


@seller.anywhere(Intent.GREET, Dialled)
def come_in(visit: Visit, _: Heard) -> Step:
    return visit.home()


@seller.anywhere(Intent.THANKS, Intent.GOODBYE)
def part(visit: Visit, _: Heard) -> Step:
    return tell(visit, Message("seller-thanks"))


@seller.anywhere(Stale)
def old_list(visit: Visit, heard: Stale) -> Step:
    return visit.home(Message("trade-older-list", label=heard.label))


@seller.missed
def missed(visit: Visit, heard: Heard) -> Step:
    """No word: perhaps an answer to a customer who waits, so that is offered; else help."""
    visit.ports.facts.record("not-understood", role=seller.role)
    talks = trade(visit).talks()[:MOST_OFFERED]
    if not talks:
        return tell(visit, Message("seller-not-understood"))
    if isinstance(heard, Understanding):
        return tell(visit, Message("answer-to-whom"), options=_readers(heard.text, talks))
    return tell(visit, Message("seller-not-understood"), reply_hint(talks[0]))


def _readers(words: str, talks: Sequence[Talk]) -> tuple[Option, ...]:
    return tuple(
        Option(f"{ANSWER}:{talk.person}:{words}", Message("send-to", who=who(talk)))
        for talk in talks
    )
