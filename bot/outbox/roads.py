"""How a person is reached now: where they wrote last while that is open, else by SMS."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias, cast
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from bot.talk import WINDOW
from channels.channel import Medium
from channels.interactive import Template
from store.addresses import PlatformSms, alert_address
from store.models import (
    AddressRow,
    ConversationRow,
    CustomerRow,
    LineRow,
    PersonRow,
    RiderRow,
    ShopRow,
    StaffRow,
)
from store.people import upsert_person


@dataclass(frozen=True, slots=True)
class Road:
    """`recipient` is who the address sends to; `role` is whose words they are.

    With WhatsApp's window closed `template` is what gets through; where nothing does the road is
    `closed`. `shared`: other shops write from this address too."""

    address: AddressRow
    person: PersonRow
    recipient: str
    locale: str
    role: str
    template: Template | None = None
    closed: bool = False
    shared: bool = False


# The template that says the notice at hand through an address, in a language.
Templates: TypeAlias = Callable[[AddressRow, str], Template | None]


# Our address, the person, and who the address sends to.
Way: TypeAlias = tuple[AddressRow, PersonRow, str]


@dataclass(slots=True)
class Roads:
    """The roads of one shop, looked up in one transaction. `talk` is the conversation that it has locked,
    with what is not yet written of it."""

    session: Session
    shop: ShopRow
    platform: PlatformSms
    now: datetime
    talk: ConversationRow | None = None
    _alerts: list[AddressRow | None] = field(default_factory=list)

    def to_customer(
        self, person_id: UUID, *, important: bool, templates: Templates
    ) -> Sequence[Road]:
        """None for who has said STOP, unless it matters (an open order)."""
        found = self.session.execute(
            select(PersonRow, CustomerRow, ConversationRow, AddressRow, self._shared)
            .join(CustomerRow, CustomerRow.person_id == PersonRow.id)
            .outerjoin(
                ConversationRow,
                and_(
                    ConversationRow.person_id == PersonRow.id,
                    ConversationRow.shop_id == self.shop.id,
                ),
            )
            .outerjoin(AddressRow, AddressRow.id == ConversationRow.last_address_id)
            .where(PersonRow.id == person_id, CustomerRow.shop_id == self.shop.id)
        ).first()
        if found is None:
            return ()
        person, customer = found[0], found[1]
        # Outer joins: SQLAlchemy's types do not say that these may be missing.
        talk, last = cast(ConversationRow | None, found[2]), cast(AddressRow | None, found[3])
        if self.talk is not None and self.talk.person_id == person_id:
            talk = self.talk
            last = self.session.get(AddressRow, talk.last_address_id)
        if not important and (customer.opted_out_at or person.opted_out_at):
            return ()
        heard = talk.locale if talk is not None else None
        locale = customer.locale or heard or self._first_locale
        way = self._open_way(person, talk, last)
        if way is None and last is not None and last.channel == Medium.WHATSAPP:
            return self._past_the_window(person, last, locale, templates)
        way = way or self._by_sms(person)
        if way is None:
            return ()
        shared = last is not None and way[0].id == last.id and bool(found[4])
        return (Road(*way, locale, "customer", shared=shared),)

    @property
    def _shared(self) -> ColumnElement[bool]:
        """Whether a line of another shop has the address of the row at hand."""
        others = and_(LineRow.address_id == AddressRow.id, LineRow.shop_id != self.shop.id)
        return select(LineRow.id).where(others).correlate(AddressRow).exists()

    def _past_the_window(
        self, person: PersonRow, last: AddressRow, locale: str, templates: Templates
    ) -> Sequence[Road]:
        """A template where one fits, else SMS where there is a number; else nothing gets through."""
        here = _on_whatsapp(person, last)
        template = templates(last, locale) if here else None
        if here and template is not None:
            return (Road(*here, locale, "customer", template),)
        if sms := self._by_sms(person):
            return (Road(*sms, locale, "customer"),)
        return (Road(*here, locale, "customer", closed=True),) if here else ()

    def to_sellers(self, *, all_phones: bool) -> Sequence[Road]:
        """The first phone that gets alerts, or every one."""
        address = self.alerts
        if address is None:
            return ()
        rows = self.session.execute(
            select(StaffRow, PersonRow)
            .join(PersonRow, PersonRow.id == StaffRow.person_id)
            .where(StaffRow.shop_id == self.shop.id, StaffRow.active, StaffRow.alerts)
            .order_by(StaffRow.position)
        )
        roads = [
            Road(address, person, person.phone, staff.locale or self._first_locale, "seller")
            for staff, person in rows
            if person.phone
        ]
        return roads if all_phones else roads[:1]

    def to_rider(self, rider_id: UUID) -> Sequence[Road]:
        found = self.session.execute(
            select(RiderRow, PersonRow)
            .join(PersonRow, PersonRow.id == RiderRow.person_id)
            .where(RiderRow.shop_id == self.shop.id, RiderRow.id == rider_id)
        ).first()
        if found is None:
            return ()
        rider, person = found
        way = self._by_sms(person)
        locale = rider.locale or self._first_locale
        return (Road(*way, locale, "rider"),) if way else ()

    def to_own_phone(self, person_id: UUID, role: str) -> Sequence[Road]:
        """By SMS to the number that the person is known by; where this server has no SMS, by WhatsApp to
        the same number. Whether they said STOP does not matter: they asked for it just now."""
        found = self.session.execute(
            select(PersonRow, StaffRow, RiderRow, CustomerRow, ConversationRow, AddressRow)
            .outerjoin(StaffRow, _here(StaffRow, self.shop))
            .outerjoin(RiderRow, _here(RiderRow, self.shop))
            .outerjoin(CustomerRow, _here(CustomerRow, self.shop))
            .outerjoin(ConversationRow, _here(ConversationRow, self.shop))
            .outerjoin(AddressRow, AddressRow.id == ConversationRow.last_address_id)
            .where(PersonRow.id == person_id, PersonRow.phone.is_not(None))
        ).first()
        if found is None:
            return ()
        person = found[0]
        # Outer joins: SQLAlchemy's types do not say that these may be missing.
        talk, last = cast(ConversationRow | None, found[4]), cast(AddressRow | None, found[5])
        speaks: Mapping[str, StaffRow | RiderRow | CustomerRow | ConversationRow | None] = {
            "seller": found[1],
            "rider": found[2],
            "customer": found[3],
        }
        member = speaks[role]
        locale = member.locale if member is not None else None
        if role == "customer" and talk is not None:
            locale = locale or talk.locale
        way = self._by_sms(person) or self._open_way(person, talk, last)
        return (Road(*way, locale or self._first_locale, role),) if way else ()

    def to_phone(self, number: str) -> Sequence[Road]:
        """By SMS, in the shop's first language, from where its alerts leave."""
        address = self.alerts
        if address is None:
            return ()
        person = upsert_person(self.session, number, None, self.now)
        return (Road(address, person, number, self._first_locale, "seller"),)

    @property
    def alerts(self) -> AddressRow | None:
        """Where the shop's alerts leave from; looked up once."""
        if not self._alerts:
            self._alerts.append(alert_address(self.session, self.shop, self.platform))
        return self._alerts[0]

    def is_platform(self, address: AddressRow) -> bool:
        """Whether this is the number that shops without one of their own share."""
        number = (self.platform.platform_sms_provider, self.platform.platform_sms_from)
        return address.channel == Medium.SMS and (address.provider, address.address) == number

    @property
    def _first_locale(self) -> str:
        return str(self.shop.locales[0])

    def _open_way(
        self, person: PersonRow, talk: ConversationRow | None, last: AddressRow | None
    ) -> Way | None:
        """Where the person wrote last: SMS always, WhatsApp within its window, USSD never."""
        if last is None or talk is None:
            return None
        if last.channel == Medium.SMS and person.phone:
            return last, person, person.phone
        seen = talk.last_whatsapp_at
        if last.channel == Medium.WHATSAPP and seen is not None and self.now - seen < WINDOW:
            return _on_whatsapp(person, last)
        return None

    def _by_sms(self, person: PersonRow) -> Way | None:
        address = self.alerts if person.phone else None
        return (address, person, person.phone) if address is not None and person.phone else None


def _here(
    table: type[StaffRow | RiderRow | CustomerRow | ConversationRow], shop: ShopRow
) -> ColumnElement[bool]:
    """What a person is at this shop."""
    return and_(table.person_id == PersonRow.id, table.shop_id == shop.id)


def _on_whatsapp(person: PersonRow, address: AddressRow) -> Way | None:
    recipient = person.phone or person.whatsapp_user_id
    return (address, person, recipient) if recipient else None
