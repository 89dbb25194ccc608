"""A channel-neutral answer. Renderers make it a WhatsApp list, a numbered SMS or a USSD page."""

from dataclasses import dataclass

from flows.message import Message
from intents.understanding import Asked


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen. `id` is stable ("pay", "product:rice-5kg"); the label never is."""

    id: str
    label: Message
    description: Message | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """Options in order of use. `title` labels the button that opens a WhatsApp list."""

    options: tuple[Option, ...]
    title: Message | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that the customer asked for; `url` is absolute https, or a path of the server's own."""

    url: str
    caption: Message | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said: messages become paragraphs of one text, with at most one menu under them.

    `ends` closes a USSD session. `asks` is what a free answer would mean. On USSD the renderer adds
    "0 Back" and "00 Home" itself, on all media it pages what is too long ("99 More"). `asides` are those of
    the messages that may stand behind the menu where a screen is too small for both. `cover` is the address
    of a picture that stands above the words, where pictures can be seen; never sent for itself.
    """

    messages: tuple[Message, ...] = ()
    menu: Menu | None = None
    pictures: tuple[Picture, ...] = ()
    ends: bool = False
    asks: Asked | None = None
    cover: str | None = None
    asides: tuple[Message, ...] = ()

    @property
    def silent(self) -> bool:
        return not (self.messages or self.menu or self.pictures)
