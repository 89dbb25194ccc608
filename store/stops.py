"""A STOP outlives its being forgotten who said it: only START ends it. What is kept is a digest of their
number, keyed with the server's secret, so that nobody can tell from the books whose it is."""

import hashlib
import hmac
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from store.ids import new_id
from store.models import CustomerRow, PersonRow, StopRow


def digests_of(person: PersonRow, key: bytes) -> Sequence[str]:
    """Of everything that the person is known by."""
    known = (person.phone, person.whatsapp_user_id)
    return [hmac.new(key, name.encode(), hashlib.sha256).hexdigest() for name in known if name]


def keep_stops(session: Session, person: PersonRow, digests: Collection[str]) -> None:
    """Before the person is forgotten: what they said STOP to, and nothing that they have ended since."""
    session.execute(delete(StopRow).where(StopRow.digest.in_(digests)))
    here = session.execute(
        select(CustomerRow.shop_id, CustomerRow.opted_out_at).where(
            CustomerRow.person_id == person.id, CustomerRow.opted_out_at.is_not(None)
        )
    )
    said: Mapping[UUID | None, datetime | None] = {
        None: person.opted_out_at,
        **{row.shop_id: row.opted_out_at for row in here},
    }
    session.add_all(
        StopRow(id=new_id(), digest=digest, shop_id=shop_id, said_at=at)
        for digest in digests
        for shop_id, at in said.items()
        if at is not None
    )


def take_up_stops(session: Session, person: PersonRow, customer: CustomerRow, key: bytes) -> None:
    """With the first message to a shop: what somebody of that number had said before they were
    forgotten counts for who they are now."""
    digests = digests_of(person, key)
    rows = session.scalars(
        select(StopRow).where(
            StopRow.digest.in_(digests),
            or_(StopRow.shop_id == customer.shop_id, StopRow.shop_id.is_(None)),
        )
    ).all()
    for row in rows:
        known = person if row.shop_id is None else customer
        known.opted_out_at = known.opted_out_at or row.said_at
        session.delete(row)
