"""What stands for a picture until it is fetched."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ticket:
    """`media` is what the provider of our address calls it. With another address's account it could not
    be had. As text, flows carry it without understanding it."""

    address_id: UUID
    media: str

    def __str__(self) -> str:
        return f"{self.address_id} {self.media}"

    @classmethod
    def of(cls, text: str) -> Self:
        """Raises ValueError where it is none."""
        address, _, media = text.partition(" ")
        if not media:
            raise ValueError("a ticket without its picture")
        return cls(UUID(address), media)
