"""Commands inside options: choosing "cmd:OK 1001" is the same as writing it."""

from flows.heard import Choice, order_number
from flows.message import Message
from flows.reply import Option
from intents.command import Command, Word

PREFIX = "cmd"

# What stands after these is goods or an amount, never an order's number.
WITHOUT_NUMBER = frozenset(
    {
        *(Word.STOCK, Word.PRICE, Word.FLOOR, Word.PAYOUT, Word.CASH, Word.CODE, Word.ALIAS),
        *(Word.ADD, Word.NAME, Word.HIDE, Word.SHOW, Word.LINK, Word.VERIFY, Word.REJECT),
        *(Word.HANDED, Word.COUPON, Word.PAUSE, Word.HOURS),
        *(Word.STAFF, Word.RIDER, Word.REMOVE),
        *(Word.LIST, Word.UNLIST, Word.CATALOGUE),
    }
)


def written(command: Command) -> str:
    """ "NO 1001 sold out": the command as a person would write it."""
    parts = (str(command.word), "" if command.number is None else str(command.number), command.rest)
    return " ".join(part for part in parts if part)


def command_option(command: Command, label: Message) -> Option:
    """An option that executes `command` when it is chosen."""
    return Option(f"{PREFIX}:{written(command)}", label)


def spoken(text: str) -> Command | None:
    """What `written` wrote; None where it does not begin with a word."""
    name, _, rest = text.strip().partition(" ")
    try:
        word = Word(name)
    except ValueError:
        return None
    head, _, tail = rest.partition(" ")
    number = None if word in WITHOUT_NUMBER else order_number(head)
    if number is not None:
        return Command(word, number, tail.strip())
    return Command(word, rest=rest.strip())


def chosen(choice: Choice) -> Command | None:
    """The command of a "cmd:..." option."""
    return spoken(choice.argument) if choice.name == PREFIX else None
