"""In which language a code's callers are told that nothing works, while nobody can be asked."""

from dataclasses import dataclass, field

from channels.channel import Medium
from channels.render import Reader, Words
from channels.render.ussd import CLOSES, plain
from channels.render.words import FALLBACK
from flows.message import Message


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language of each service code's shop, as its last page here had it. English where this
    process has shown none yet."""

    words: Words
    _languages: dict[str, str] = field(default_factory=dict)

    def learn(self, address: str, locale: str) -> None:
        self._languages[address] = locale

    def sorry(self, address: str | None = None) -> str:
        """A page that ends the session. Needs no database."""
        locale = self._languages.get(address or "", FALLBACK)
        reader = Reader(locale, "UTC", "customer")
        text = self.words.text(Message("ussd-sorry"), reader, Medium.USSD)
        return CLOSES + plain(text, tones=self.words.has_tones(locale))
