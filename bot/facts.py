"""What happened in a turn, kept for counting."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from store.facts import note


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """Implements flows.ports.shop.FactsPort."""

    shop_id: UUID
    person_id: UUID
    now: datetime
    session: Session

    def record(self, name: str, **values: str | int | None) -> None:
        note(self.session, name, values, self.now, self.shop_id, self.person_id)
