"""What is wrong with a shop file, all of it at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.errors import StoreError


@dataclass(frozen=True, slots=True)
class Mistake:
    """`key` is where: "products[3].price", counted from 0 as TOML readers do; "" for the whole file."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.key}: {self.reason}" if self.key else f"{self.file}: {self.reason}"
        )


class ShopFileError(StoreError):
    """At least one file has a mistake; nothing was loaded."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)
