"""A person at a shop, as the shop remembers them."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from flows.ports.shop import Profile
from store.ids import new_id
from store.insertion import insert_if_new
from store.models import AddressRow, CustomerRow, LineRow, OutboxRow, PersonRow
from store.scope import Scope
from store.spots import point_of

OPTED_OUT = "the customer said STOP before it left"
# No night is longer; what waits for an outage to end is in there too.
PROMOTIONS_WAIT = timedelta(days=2)


def get_or_create(
    session: Session, shop_id: UUID, person_id: UUID, now: datetime, name: str | None = None
) -> CustomerRow:
    """The customer, made when the person is new here; two turns that make them at once make one."""
    wanted = select(CustomerRow).where(
        CustomerRow.shop_id == shop_id, CustomerRow.person_id == person_id
    )
    found = session.scalar(wanted)
    if found is None:
        insert_if_new(
            session,
            CustomerRow,
            id=new_id(),
            shop_id=shop_id,
            person_id=person_id,
            name=name,
            price_list="retail",
            created_at=now,
        )
        found = session.scalars(wanted).one()
    return found


class ShopCustomer:
    """Implements flows.ports.shop.CustomerPort."""

    def __init__(self, scope: Scope, person: PersonRow, customer: CustomerRow) -> None:
        self._scope = scope
        self._person = person
        self._customer = customer

    def profile(self) -> Profile:
        person, customer = self._person, self._customer
        return Profile(
            phone=person.phone,
            name=customer.name,
            locale=customer.locale,
            opted_out=bool(customer.opted_out_at or person.opted_out_at),
            area=customer.area,
            landmark=customer.landmark,
            at=point_of(customer),
            payer=customer.payer,
            rail=customer.rail,
            contact=customer.contact,
        )

    def choose_locale(self, locale: str) -> None:
        self._customer.locale = locale

    def keep_contact(self, phone: str) -> None:
        self._customer.contact = phone

    def opt_out(self) -> None:
        if self._customer.opted_out_at is None:
            self._customer.opted_out_at = self._scope.now
            self._drop_promotions()

    def _drop_promotions(self) -> None:
        """What waits for the end of the quiet hours is not sent to who has said STOP meanwhile."""
        self._scope.session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.shop_id == self._scope.shop.id,
                OutboxRow.person_id == self._person.id,
                OutboxRow.kind == "bulk",
                OutboxRow.status == "queued",
                OutboxRow.created_at > self._scope.now - PROMOTIONS_WAIT,
            )
            .values(status="failed", error=OPTED_OUT)
            .execution_options(synchronize_session=False)
        )

    def opt_in(self) -> None:
        """Ends a STOP here, and one that was for all shops."""
        self._customer.opted_out_at = None
        self._customer.stop_notice_at = None
        self._person.opted_out_at = None


def opt_out_at(session: Session, provider: str, address: str, phone: str, now: datetime) -> None:
    """The provider knows that this phone wants nothing more from this address: it counts at every
    shop behind it where the person is known."""
    shops = (
        select(LineRow.shop_id)
        .join(AddressRow, AddressRow.id == LineRow.address_id)
        .where(AddressRow.provider == provider, AddressRow.address == address)
    )
    person = select(PersonRow.id).where(PersonRow.phone == phone)
    session.execute(
        update(CustomerRow)
        .where(
            CustomerRow.shop_id.in_(shops),
            CustomerRow.person_id.in_(person),
            CustomerRow.opted_out_at.is_(None),
        )
        .values(opted_out_at=now)
        .execution_options(synchronize_session=False)
    )
