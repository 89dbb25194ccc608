"""Which table knows what has been received, so that a second delivery is not taken for a new message."""

from sqlalchemy.orm import Session

from store.models import InboxRow, ReceivedRow


def by_month(session: Session) -> bool:
    """Whether the inbox is divided into months: then it cannot refuse by itself what it has already."""
    return session.get_bind().dialect.name == "postgresql"


def known_in(session: Session) -> type[ReceivedRow] | type[InboxRow]:
    """The one with a unique key on address and message."""
    return ReceivedRow if by_month(session) else InboxRow
