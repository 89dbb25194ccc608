"""A conversation and everybody it involves, taken under its lock in one statement."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from flows.place import Place, dump, load
from intents.understanding import Asked
from store.customers import get_or_create
from store.ids import new_id
from store.insertion import insert_if_new
from store.models import ConversationRow, CustomerRow, PersonRow, RiderRow, ShopRow, StaffRow

# WhatsApp's customer service window (Meta, "Conversations"): restarts with each message received.
WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Talk:
    """One person at one shop. `staff` and `rider` are set where the person is that too."""

    row: ConversationRow
    shop: ShopRow
    person: PersonRow
    customer: CustomerRow
    staff: StaffRow | None
    rider: RiderRow | None

    @property
    def locale(self) -> str:
        """The customer's choice, else what was found out, else the shop's first language."""
        return self.customer.locale or self.row.locale or str(self.shop.locales[0])

    def locale_of(self, role: str) -> str:
        """The language in which this person is written to in a role."""
        member = {"seller": self.staff, "rider": self.rider}.get(role)
        if member is not None:
            return member.locale or str(self.shop.locales[0])
        return self.locale

    def place(self, role: str) -> Place | None:
        """Where the flow of this role stands; None at the beginning."""
        kept = self.row.places.get(role)
        return load(kept) if kept else None

    def asked(self, role: str) -> Asked | None:
        """What the last question in this role expects."""
        asks = (self.row.places.get(role) or {}).get("asks")
        return Asked(asks) if asks in set(Asked) else None

    def stand(self, role: str, place: Place, asks: Asked | None) -> None:
        """Remember where the flow of this role stands now."""
        kept = {**dump(place), "asks": asks.value if asks else None}
        self.row.places = {**self.row.places, role: kept}


def lock_talk(session: Session, shop_id: UUID, person_id: UUID, now: datetime) -> Talk:
    """Take the lock on (shop, person). It is waited for as long as the engine's lock timeout says."""
    talk = _read(session, shop_id, person_id)
    if talk is None:
        _open(session, shop_id, person_id, now)
        talk = _read(session, shop_id, person_id)
    if talk is None:
        raise LookupError("the shop or the person is gone")
    return talk


def _read(session: Session, shop_id: UUID, person_id: UUID) -> Talk | None:
    here = ConversationRow.shop_id
    who = ConversationRow.person_id
    found = session.execute(
        select(ConversationRow, ShopRow, PersonRow, CustomerRow, StaffRow, RiderRow)
        .join(ShopRow, ShopRow.id == here)
        .join(PersonRow, PersonRow.id == who)
        .join(CustomerRow, and_(CustomerRow.shop_id == here, CustomerRow.person_id == who))
        .outerjoin(
            StaffRow, and_(StaffRow.shop_id == here, StaffRow.person_id == who, StaffRow.active)
        )
        .outerjoin(
            RiderRow, and_(RiderRow.shop_id == here, RiderRow.person_id == who, RiderRow.active)
        )
        .where(here == shop_id, who == person_id)
        .with_for_update(of=ConversationRow)
        .execution_options(populate_existing=True)
    ).first()
    return Talk(*found) if found else None


def _open(session: Session, shop_id: UUID, person_id: UUID, now: datetime) -> None:
    """The first message of a person to a shop."""
    get_or_create(session, shop_id, person_id, now)
    insert_if_new(
        session,
        ConversationRow,
        id=new_id(),
        shop_id=shop_id,
        person_id=person_id,
        places={},
        shown={},
        ussd={},
        held_by="bot",
        updated_at=now,
    )
