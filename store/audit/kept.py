"""How long the audit trail is kept."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.models import AuditRow


def forget(session: Session, before: datetime, most: int) -> int:
    """Take out at most `most` rows that are older; how many there were."""
    old = session.scalars(select(AuditRow.id).where(AuditRow.at < before).limit(most)).all()
    if old:
        session.execute(
            delete(AuditRow)
            .where(AuditRow.id.in_(old))
            .execution_options(synchronize_session=False)
        )
    return len(old)
