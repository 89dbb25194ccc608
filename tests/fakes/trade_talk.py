"""Talking to the machine of sellers or riders as an SMS phone does: texts in, words and numbers out."""

from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from channels.channel import Medium
from channels.render import Reader, Words, render
from channels.render.answer import resolve
from channels.shown import Shown
from flows.heard import Choice, Heard, Stale
from flows.machine import Machine
from flows.place import Place
from flows.ports import Ports
from intents.commands.reading import read_command
from intents.intent import Intent
from intents.understanding import Understanding
from tests.fakes.trade import NOW

ROOT = Path(__file__).parents[2]


def english(directory: Path) -> Words:
    """The English texts as one strict catalogue."""
    folder = directory / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    whole = Catalog(locale="en", fuzzy=False)
    for source in sorted((ROOT / "locales/en").rglob("*.po")):
        with source.open("rb") as file:
            for entry in read_po(file, locale="en", abort_invalid=True):
                if entry.id:
                    whole.add(entry.id, entry.string, context=entry.context)
    with (folder / "messages.po").open("wb") as file:
        write_po(file, whole)
    return Words(directory, strict=True)


def sentence(
    text: str, intent: Intent = Intent.OUT_OF_SCOPE, confidence: float = 0.95
) -> Understanding:
    return Understanding(text=text, locale="en", intent=intent, confidence=confidence)


@dataclass
class Phone:
    """One person's SMS line. `text` is what was last received."""

    machine: Machine
    ports: Ports
    words: Words
    text: str = ""
    place: Place | None = None
    shown: Shown | None = None
    heard: list[Heard] = field(default_factory=list)

    def send(self, heard: Heard) -> str:
        """One input, and the answer as it stands on the screen."""
        step = self.machine.step(self.place, heard, self.ports, "en")
        self.place = step.place
        reader = Reader("en", "Africa/Kampala", self.machine.role)
        drawn = render(step.reply, Medium.SMS, reader, self.words, NOW, provider="twilio")
        self.shown = drawn.shown
        self.text = "\n".join(draft.text for draft in drawn.texts)
        return self.text

    def say(self, text: str) -> str:
        """As typed: a word of this role, else a sentence that is none."""
        return self.send(read_command(text, self.machine.role, ("en",)) or sentence(text))

    def press(self, number: int) -> str:
        """The option with this number on the screen."""
        chosen = resolve(str(number), None, self.shown, NOW)
        assert isinstance(chosen, Choice | Stale), f"{number} chooses nothing in {self.text!r}"
        return self.send(chosen)
