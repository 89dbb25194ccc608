"""Changes of the cart as option ids, so that a choice carries its whole action: "add:rice-5kg:2"."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# WhatsApp takes list row ids of up to 200 characters.
LONGEST_ID = 200

DO = "do"
SWAP = "swap"


class Act(StrEnum):
    """What is done to a line. `TAKE` with quantity 0 takes all of it."""

    ADD = "add"
    SET = "set"
    TAKE = "take"


# The names of all option ids that carry changes.
CARRIERS = (*Act, DO, SWAP)


@dataclass(frozen=True, slots=True)
class Change:
    act: Act
    sku: str
    quantity: int

    @property
    def id(self) -> str:
        return f"{self.act}:{self.sku}:{self.quantity}"


def id_of(changes: Sequence[Change]) -> str:
    """One option id for all of them: the change's own, or "do:<change>;<change>"."""
    if len(changes) == 1:
        return changes[0].id
    return f"{DO}:" + ";".join(change.id for change in changes)


def swap_id(*changes: Change) -> str:
    """One option id for changes of which each is made only when the one before it was."""
    return f"{SWAP}:" + ";".join(change.id for change in changes)


def is_swap(option_id: str) -> bool:
    return option_id.startswith(f"{SWAP}:")


def read_changes(option_id: str) -> tuple[Change, ...]:
    """The reverse; empty when `option_id` is something else. The quantity may be left out: then 1,
    or all of it."""
    name, _, rest = option_id.partition(":")
    parts = rest.split(";") if name in (DO, SWAP) else [option_id]
    changes = tuple(map(_read, parts))
    return () if None in changes else tuple(change for change in changes if change)


def _read(text: str) -> Change | None:
    act, _, rest = text.partition(":")
    if act not in frozenset(Act) or not rest:
        return None
    sku, colon, quantity = rest.rpartition(":")
    if not (colon and quantity.isascii() and quantity.isdigit()):
        sku, quantity = rest, "0" if act == Act.TAKE else "1"
    return Change(Act(act), sku, int(quantity))


class Ask(StrEnum):
    """Why a question must be asked before the cart is changed."""

    WHICH = "which"
    VARIANT = "variant"
    WHOLE = "whole"
    MANY = "many"
    LEFT = "left"
    INSTEAD = "instead"
    SURE = "sure"


@dataclass(frozen=True, slots=True)
class Question:
    """`about` is the customer's word for it, or its title. `ids` are option ids; one of them may carry no
    change but the wish to be told when something is back."""

    ask: Ask
    about: str
    ids: tuple[str, ...]

    def dump(self) -> str:
        return "\t".join((self.ask, self.about.replace("\t", " "), *self.ids))


def load_question(text: str) -> Question:
    ask, about, *ids = text.split("\t")
    return Question(Ask(ask), about, tuple(ids))
