"""What makes a shop the platform's own: the addresses that it shares with the shops opened there."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from store.models.base import JsonMap


@dataclass(frozen=True, slots=True)
class SharedAddress:
    """Where new shops get a keyword, or on USSD an extension. `number` is what people write to or dial."""

    channel: str
    provider: str
    address: str
    number: str


@dataclass(frozen=True, slots=True)
class PlatformTerms:
    """In the order in which a new shop gets its lines."""

    shared: tuple[SharedAddress, ...] = ()


def as_document(terms: PlatformTerms | None) -> JsonMap | None:
    return None if terms is None else {"shared": [asdict(each) for each in terms.shared]}


def platform_of(kept: JsonMap | None) -> PlatformTerms | None:
    """What `as_document` wrote; None at a shop that is a seller's."""
    if kept is None:
        return None
    listed: Sequence[JsonMap] = kept.get("shared", ())
    return PlatformTerms(tuple(SharedAddress(**each) for each in listed))
