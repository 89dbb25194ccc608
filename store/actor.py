"""Who does something to an order: a role, and which one it was."""

from dataclasses import dataclass
from uuid import UUID

from flows.ports.orders import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """`person` is None for the system itself."""

    role: Role
    person: UUID | None = None

    @property
    def label(self) -> str:
        """As histories and stock movements name it: "seller:<person id>"."""
        return self.role.value if self.person is None else f"{self.role.value}:{self.person}"


SYSTEM = Actor(Role.SYSTEM)
