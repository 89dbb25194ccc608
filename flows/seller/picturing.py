"""A photo from the seller: of something new with its price under it, or of what the shop has already."""

from flows.heard import Attachment, Choice, Heard, MediaKind
from flows.machine import on
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.reply import Option, Reply
from flows.seller.naming import meant
from flows.seller.refused import refused
from flows.seller.role import seller, stall, tell
from flows.seller.stall import MOST_NEAR, put
from flows.visit import Visit
from intents.command import Command, Word
from intents.commands.reading import read_command
from intents.intent import Intent
from intents.listing import LONGEST_NAME, read_listing
from intents.understanding import Asked, Entry, Understanding

# What may stand before the goods under a photo and says nothing more than the photo itself.
LEADING = frozenset({Word.ADD, Word.PICTURE})
LEAVE = Option("leave", Message("picture-leave"))
OF = "picture-of"


@seller.anywhere(Attachment)
def sent(visit: Visit, heard: Attachment) -> Step:
    if heard.kind is not MediaKind.PICTURE or heard.media is None:
        return tell(visit, Message("trade-words-only"))
    caption = heard.caption[:LONGEST_NAME]
    return _said(visit, heard.caption, heard.media) or visit.go(
        OF, media=heard.media, words=caption
    )


@seller.anywhere(Word.PICTURE)
def word_alone(visit: Visit, _: Command) -> Step:
    """The word belongs under a photo."""
    return tell(visit, Message("how-to-picture"))


@seller.state(OF)
class PictureOf:
    """A photo with nothing under it, or with what is neither goods of the shop nor new ones: what is to
    be seen in it? `words` are those that came with it."""

    def show(self, visit: Visit) -> Reply:
        names = visit.ports.catalogue.names
        words = visit.text("words")
        near = meant(_plain(visit, words), names, kinds=False).entries if words else ()
        goods = {entry.parent or entry.sku: entry for entry in near}
        listed = tuple(Option(f"{OF}:{sku}", verbatim(entry.name)) for sku, entry in goods.items())
        return visit.say(
            Message("picture-of-what"), options=(*listed[:MOST_NEAR], LEAVE), asks=Asked.REASON
        )

    @on(OF)
    def chosen(self, visit: Visit, choice: Choice) -> Step:
        return _give(visit, choice.argument, visit.text("media"))

    @on(Asked.REASON)
    def told(self, visit: Visit, heard: Understanding) -> Step:
        return _said(visit, heard.text, visit.text("media")) or visit.stay(
            words=heard.text[:LONGEST_NAME]
        )

    @on(Word.ADD, Word.PICTURE)
    def said(self, visit: Visit, command: Command) -> Step:
        return _said(visit, command.rest, visit.text("media")) or visit.stay(
            words=command.rest[:LONGEST_NAME]
        )

    @on("leave", Intent.DENY)
    def leave(self, visit: Visit, _: Heard) -> Step:
        return tell(visit, Message("picture-left"))


def _said(visit: Visit, words: str, media: str) -> Step | None:
    """What is done with a photo of what is called so; None where that is not clear. What is called
    exactly so is meant also where its name ends like a price: "iPhone 13"."""
    words = _plain(visit, words)
    if not words:
        return None
    found = meant(words, visit.ports.catalogue.names, kinds=False)
    if found.sure is not None and found.exact:
        return _give(visit, _top(found.sure), media)
    listing = read_listing(words, visit.ports.shop.locales)
    if listing is not None:
        return put(visit, listing, media)
    return _give(visit, _top(found.sure), media) if found.sure is not None else None


def _plain(visit: Visit, words: str) -> str:
    """Without the word that may stand before them."""
    command = read_command(words, seller.role, visit.ports.shop.locales)
    leading = command is not None and command.word in LEADING
    return command.rest.strip() if command is not None and leading else words.strip()


def _top(entry: Entry) -> str:
    """A picture is of a product, whichever kind of it is named."""
    return entry.parent or entry.sku


def _give(visit: Visit, sku: str, media: str) -> Step:
    done = stall(visit).picture(sku, media)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("goods-pictured", name=done.name))
