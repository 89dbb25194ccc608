"""What happened to goods that somebody would like to have."""

from dataclasses import dataclass

from flows.money import Money


@dataclass(frozen=True, slots=True)
class BackInStock:
    """Something was sold out and is there again. `person` is the id of somebody who wished for it, `price`
    theirs."""

    person: str
    sku: str
    name: str
    price: Money


@dataclass(frozen=True, slots=True)
class CartWaiting:
    """A checkout was begun and not finished. `items` as they are written in a list ("2 x Rice 5kg")."""

    person: str
    items: tuple[str, ...]
    total: Money


@dataclass(frozen=True, slots=True)
class PictureFailed:
    """The picture that a seller sent of something could not be had, or is none."""

    name: str
