"""One thing that a message mentions."""

from dataclasses import dataclass

from intents.understanding import Item


@dataclass(frozen=True, slots=True)
class Mention:
    """An item, the tokens that it takes with its quantity, and those of its name.

    A size that leads the name ("5kg rice") is not counted to the name here, as it may be a quantity.
    """

    item: Item
    first: int
    last: int
    name_first: int
    name_last: int
    words: tuple[str, ...]
    score: float
