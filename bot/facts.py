"""What happened, kept for counting: collected during a turn, written together at its end."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from store.models import FactRow


@dataclass(slots=True)
class TurnFacts:
    """Implements flows.ports.shop.FactsPort."""

    shop_id: UUID
    person_id: UUID
    now: datetime
    rows: list[FactRow] = field(default_factory=list)

    def record(self, name: str, **values: str | int | None) -> None:
        self.rows.append(
            FactRow(
                shop_id=self.shop_id,
                person_id=self.person_id,
                name=name,
                values=values,
                at=self.now,
            )
        )

    def write(self, session: Session) -> None:
        """With whatever else the transaction writes at its end."""
        session.add_all(self.rows)
        self.rows = []
