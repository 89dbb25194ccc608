"""What happened, kept for counting."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from store.late import put_down
from store.models import FactRow


def note(
    session: Session,
    name: str,
    values: Mapping[str, object],
    at: datetime,
    shop_id: UUID | None = None,
    person_id: UUID | None = None,
) -> None:
    """Written with the transaction's end."""
    row = {"shop_id": shop_id, "person_id": person_id, "name": name, "values": values, "at": at}
    put_down(session, FactRow, row)
