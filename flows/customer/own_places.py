"""What customers call the places to which they have things brought."""

from collections.abc import Sequence

from flows.message import Message, verbatim
from flows.ports.address_book import NamedPlace
from flows.reply import Option
from flows.visit import Visit

# More are not read through on a phone before the areas come.
MOST_OFFERED = 3
LONGEST_NAME = 20


def own_places(visit: Visit) -> Sequence[NamedPlace]:
    """The last used first."""
    book = visit.ports.address_book
    return book.places() if book is not None else ()


def own_place(visit: Visit, words: str) -> NamedPlace | None:
    """The one that is called so."""
    book = visit.ports.address_book
    return book.named(name_in(words)) if book is not None and words else None


def name_in(words: str) -> str:
    """A name as it may be kept: short, and without the signs around it."""
    return " ".join(words.split()).strip(" .,;:!?\"'")[:LONGEST_NAME].strip()


def where_is(place: NamedPlace) -> Message:
    if not place.landmark:
        return verbatim(place.area)
    return Message("place-named", area=place.area, landmark=place.landmark)


def place_options(places: Sequence[NamedPlace]) -> tuple[Option, ...]:
    """Typing the name chooses it too."""
    return tuple(
        Option(f"place:{place.name}", verbatim(place.name), verbatim(place.area))
        for place in places
    )
