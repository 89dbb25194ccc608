"""Our own addresses, the lines that lead on from them to shops, and what is remembered of who writes to
a shared one."""

from collections.abc import Collection, Sequence
from typing import Protocol, cast
from uuid import UUID

from sqlalchemy import String, bindparam, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from store.ids import new_id
from store.insertion import insert_if_new
from store.models import AddressingRow, AddressRow, LineRow, PersonRow, ShopRow
from store.prepared import PREPARED


class PlatformSms(Protocol):
    """The platform's own number for alerts, None where it has none."""

    @property
    def platform_sms_provider(self) -> str | None: ...
    @property
    def platform_sms_from(self) -> str | None: ...


def find_lines(
    session: Session,
    channel: str,
    provider: str,
    address: str,
    phone: str | None = None,
    user_id: str | None = None,
) -> tuple[Sequence[LineRow], Sequence[PersonRow]]:
    """Every line of an address, with its shop and address loaded, and the people whom a phone or
    WhatsApp user id names, in one statement."""
    asked = {
        "channel": channel,
        "provider": provider,
        "address": address,
        "phone": phone,
        "user_id": user_id,
    }
    rows = session.execute(LINES, asked).all()
    for line, shop, ours, _ in rows:
        set_committed_value(line, "shop", shop)
        set_committed_value(line, "address", ours)
    # An outer join: SQLAlchemy's types do not say that the person may be missing.
    people = dict.fromkeys(cast(PersonRow | None, person) for *_, person in rows)
    return list(dict.fromkeys(line for line, *_ in rows)), [p for p in people if p is not None]


# Put together once: every message that comes in is looked up by it.
LINES = (
    select(LineRow, ShopRow, AddressRow, PersonRow)
    .join(AddressRow, AddressRow.id == LineRow.address_id)
    .join(ShopRow, ShopRow.id == LineRow.shop_id)
    .outerjoin(
        PersonRow,
        or_(
            PersonRow.phone == bindparam("phone", type_=String),
            PersonRow.whatsapp_user_id == bindparam("user_id", type_=String),
        ),
    )
    .where(
        AddressRow.channel == bindparam("channel"),
        AddressRow.provider == bindparam("provider"),
        AddressRow.address == bindparam("address"),
    )
    .order_by(LineRow.id)
    .execution_options(**PREPARED)
)


def find_address(session: Session, channel: str, provider: str, address: str) -> AddressRow | None:
    """An address of ours, whether or not a line leads on from it."""
    return session.scalar(
        select(AddressRow).where(
            AddressRow.channel == channel,
            AddressRow.provider == provider,
            AddressRow.address == address,
        )
    )


def is_own(session: Session, channel: str, providers: Collection[str], phone: str) -> bool:
    """Whether this number is an address of ours on that channel, at any of these providers. The columns
    are the key by which addresses are unique."""
    wanted = select(AddressRow.id).where(
        AddressRow.channel == channel,
        AddressRow.provider.in_(providers),
        AddressRow.address == phone,
    )
    return session.scalars(wanted).first() is not None


def keep_address(session: Session, channel: str, provider: str, address: str) -> AddressRow:
    """The address, made when it is new; two processes that make it at once make one."""
    found = find_address(session, channel, provider, address)
    if found is None:
        insert_if_new(
            session,
            AddressRow,
            id=new_id(),
            channel=channel,
            provider=provider,
            address=address,
            credentials={},
            lease_token=0,
        )
        found = find_address(session, channel, provider, address)
    if found is None:
        raise LookupError(f"{channel} address of {provider} is gone")
    return found


def alert_address(session: Session, shop: ShopRow, platform: PlatformSms) -> AddressRow | None:
    """Where a shop's alerts leave from: its first SMS line, else the platform's number."""
    own = session.scalar(
        select(AddressRow)
        .join(LineRow, LineRow.address_id == AddressRow.id)
        .where(LineRow.shop_id == shop.id, AddressRow.channel == "sms")
        .order_by(LineRow.position)
        .limit(1)
    )
    if own is not None or not (platform.platform_sms_provider and platform.platform_sms_from):
        return own
    return keep_address(session, "sms", platform.platform_sms_provider, platform.platform_sms_from)


def lock_addressing(session: Session, address_id: UUID, person_id: UUID) -> AddressingRow:
    """What is remembered of a person at a shared address, locked until the transaction ends."""
    wanted = (
        select(AddressingRow)
        .where(AddressingRow.address_id == address_id, AddressingRow.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = session.scalar(wanted)
    if row is None:
        insert_if_new(session, AddressingRow, address_id=address_id, person_id=person_id)
        row = session.scalars(wanted).one()
    return row
