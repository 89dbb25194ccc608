"""Words that cost money or customers are asked about when they were not written as they should be."""

from flows.heard import Heard
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.reply import Option, Reply
from flows.seller.role import run, seller, tell
from flows.spoken import command_option, spoken, written
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Asked


def confirm(visit: Visit, command: Command) -> Step:
    """Ask whether this was meant."""
    return visit.go("confirm", command=written(command))


@seller.state("confirm")
class Confirm:
    """ "Did you mean NO 1001?" """

    def show(self, visit: Visit) -> Reply:
        command = _asked(visit)
        return visit.say(
            _sure(command),
            options=(
                command_option(command, Message("trade-yes")),
                Option("leave", Message("trade-no")),
            ),
            asks=Asked.YES_NO,
        )

    @on(Intent.AFFIRM)
    def agree(self, visit: Visit, _: Heard) -> Step:
        return run(visit, _asked(visit))

    @on("leave", Intent.DENY)
    def leave(self, visit: Visit, _: Heard) -> Step:
        return tell(visit, Message("desk-nothing-done"))

    @on(Word.OK)
    def say_ok(self, visit: Visit, command: Command) -> Step:
        """ "ok" alone agrees; with a number it is about that order."""
        return run(visit, _asked(visit) if command.number is None else command)

    @on(Word.NO)
    def say_no(self, visit: Visit, command: Command) -> Step:
        if command.number is None:
            return self.leave(visit, command)
        return run(visit, command)


def _sure(command: Command) -> Message:
    """What a yes would do. A number or an amount is shown as it would be sent."""
    if command.word is Word.NO and command.number is not None:
        return Message("desk-refuse-sure", number=command.number)
    if command.word is Word.CLOSE:
        return Message("desk-close-sure")
    if command.word is Word.SUPPLY and command.rest:
        said, _, why = command.rest.partition(" ")
        return Message("desk-did-you-mean", words=f"{said} S{command.number} {why}".rstrip())
    return Message("desk-did-you-mean", words=written(command))


def _asked(visit: Visit) -> Command:
    command = spoken(visit.text("command"))
    return command or Command(Word.HELP)
