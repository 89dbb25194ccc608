"""What becomes of shops that were opened by a message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShopFounded:
    """Somebody opened a shop, which waits for being verified. Told at the platform. `namesakes` are the slugs
    of other shops that are called so; `suspended` of those that its owner has elsewhere and may not run."""

    name: str
    slug: str
    goods: str
    place: str
    owner: str
    phone: str
    namesakes: tuple[str, ...] = ()
    suspended: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShopVerified:
    """The shop is live. Told at the shop."""


@dataclass(frozen=True, slots=True)
class ShopRejected:
    """The shop will not become live. Told at the shop."""

    reason: str
