"""What a shop's file says in [dispatch]: how long riders may take, and how much they may carry."""

from dataclasses import asdict, dataclass

from store.models.base import JsonMap


@dataclass(frozen=True, slots=True)
class DispatchTerms:
    """`pick_up_minutes` after a rider took an order, or after it was READY, they are asked whether they
    have it; `pass_on_minutes` later it is offered to others. `again_fee`, in minor units: what bringing an
    order once more after a failure costs a customer who asks for it and pays in cash. `most_at_once`:
    so many orders may a rider have taken and not brought. `cash_limit`, in minor units: who holds as much
    of the shop's cash gets no more orders to be paid at the door (None: no limit)."""

    pick_up_minutes: int = 20
    pass_on_minutes: int = 10
    again_fee: int = 0
    most_at_once: int = 3
    cash_limit: int | None = None


# Where a file says nothing.
USUAL = DispatchTerms()


def as_document(terms: DispatchTerms) -> JsonMap:
    """As the shop's settings keep it."""
    return asdict(terms)


def dispatch_of(kept: JsonMap) -> DispatchTerms:
    """What `as_document` wrote; a shop from before has the numbers that everybody begins with."""
    return DispatchTerms(**kept)
