"""A conversation and everybody it involves, taken under its lock in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from bot.inbox import RECEIVED_LATELY, lately
from flows.place import Place, dump, load
from intents.tongues import settled, weigh
from intents.understanding import Asked, Understanding
from store.cart import open_cart_of
from store.customers import get_or_create
from store.ids import new_id
from store.insertion import insert_if_new
from store.late import change
from store.models import (
    CartLineRow,
    CartRow,
    ConversationRow,
    CustomerRow,
    InboxRow,
    PersonRow,
    RiderRow,
    ShopRow,
    StaffRow,
)
from store.prepared import PREPARED

# As whom somebody may be heard.
CUSTOMER, SELLER, RIDER = "customer", "seller", "rider"

CHANGING = (
    *("turns", "places", "shown", "ussd", "locale", "tongues", "held_by"),
    *("last_inbound_at", "last_address_id", "last_whatsapp_at", "updated_at"),
)
# WhatsApp's customer service window (Meta, "Conversations"): restarts with each message received.
WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Talk:
    """One person at one shop. `staff` and `rider` are set where the person is that too; `cart` is their
    open one, `first_waiting` the number of the oldest message that nobody has answered.
    What a turn changes of `row` is written by `keep`, compared with `before`."""

    row: ConversationRow
    shop: ShopRow
    person: PersonRow
    customer: CustomerRow
    staff: StaffRow | None
    rider: RiderRow | None
    cart: CartRow | None = None
    first_waiting: int | None = None
    before: Mapping[str, object] = field(default_factory=dict)

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

    def hear(self, sentence: Understanding) -> None:
        """Go on in the language that this person writes in, once that has been clear for some time."""
        spoken = [str(locale) for locale in self.shop.locales]
        if self.customer.locale is not None or len(spoken) < 2:
            return
        words = len(sentence.text.split())
        self.row.tongues = weigh(self.row.tongues, sentence.tongues, words, spoken)
        self.row.locale = settled(self.row.tongues, self.locale)

    def place(self, role: str) -> Place | None:
        """Where the flow of this role stands; None at the beginning."""
        kept = self.row.places.get(role)
        return load(kept) if kept else None

    def asked(self, role: str) -> Asked | None:
        """What the last question in this role expects."""
        asks = (self.row.places.get(role) or {}).get("asks")
        return Asked(asks) if asks in set(Asked) else None

    def keep(self, session: Session) -> None:
        """Have what has changed written when the transaction commits. The row's lock is held."""
        now = _changing(self.row)
        values = {name: value for name, value in now.items() if value is not self.before[name]}
        change(session, ConversationRow, {"id": self.row.id}, values)

    def stand(self, role: str, place: Place, asks: Asked | None) -> None:
        """Remember where the flow of this role stands now."""
        kept = {**dump(place), "asks": asks.value if asks else None}
        self.row.places = {**self.row.places, role: kept}


def lock_talk(
    session: Session,
    shop_id: UUID,
    person_id: UUID,
    now: datetime,
    *,
    known: tuple[ShopRow, PersonRow] | None = None,
    since: datetime | None = None,
) -> Talk:
    """Take the lock on (shop, person). It is waited for as long as the engine's lock timeout says.
    `known`: the shop and the person, where this transaction has read them already. `since`: from when
    the oldest message may be that is looked for, where that may be longer ago than usual."""
    asked = {"shop_id": shop_id, "person_id": person_id, **lately(now, since)}
    talk = _read(session, asked, known)
    if talk is None:
        _open(session, shop_id, person_id, now)
        talk = _read(session, asked, known)
    if talk is None:
        raise LookupError("the shop or the person is gone")
    return talk


def _read(
    session: Session,
    asked: Mapping[str, object],
    known: tuple[ShopRow, PersonRow] | None,
) -> Talk | None:
    statement = EVERYBODY if known is None else OTHERS
    found = session.execute(statement, asked).all()
    if found and found[0][0].turns != found[0][1]:
        # Somebody had the lock and has changed things: what stands beside the row is older than the
        # row. Now that the lock is ours, another look sees it all.
        found = session.execute(statement, asked).all()
    if not found:
        return None
    row, _, first_waiting, _, *others = found[0]
    shop, person = known or (others.pop(), others.pop())
    customer, staff, rider, cart = others
    if cart is not None:
        # One row for each line of the cart.
        lines = [line for _, _, _, line, *_ in found if line is not None]
        set_committed_value(cart, "lines", lines)
    # From here on its changes are ours to write: together with all else, and once.
    session.expunge(row)
    return Talk(
        row, shop, person, customer, staff, rider, cart, first_waiting, before=_changing(row)
    )


def _changing(row: ConversationRow) -> dict[str, object]:
    """What a turn may change."""
    return {name: getattr(row, name) for name in CHANGING}


def _looking() -> tuple[Select[Any], Select[Any]]:
    """Everything that a turn needs to know of a person at a shop: without those two, and with them."""
    here, who = ConversationRow.shop_id, ConversationRow.person_id
    before = aliased(ConversationRow)
    as_it_was = select(before.turns).where(before.id == ConversationRow.id).scalar_subquery()
    first_waiting = (
        select(func.min(InboxRow.id))
        .where(
            InboxRow.shop_id == here,
            InboxRow.person_id == who,
            InboxRow.done_at.is_(None),
            RECEIVED_LATELY,
        )
        .scalar_subquery()
    )
    others = (
        select(
            ConversationRow,
            as_it_was,
            first_waiting,
            CartLineRow,
            CustomerRow,
            StaffRow,
            RiderRow,
            CartRow,
        )
        .join(CustomerRow, and_(CustomerRow.shop_id == here, CustomerRow.person_id == who))
        .outerjoin(
            StaffRow, and_(StaffRow.shop_id == here, StaffRow.person_id == who, StaffRow.active)
        )
        .outerjoin(
            RiderRow, and_(RiderRow.shop_id == here, RiderRow.person_id == who, RiderRow.active)
        )
        .outerjoin(CartRow, and_(*open_cart_of(here, who)))
        .outerjoin(CartLineRow, CartLineRow.cart_id == CartRow.id)
        .where(here == bindparam("shop_id"), who == bindparam("person_id"))
        .with_for_update(of=ConversationRow)
        .order_by(CartLineRow.position)
        .execution_options(populate_existing=True, **PREPARED)
    )
    everybody = (
        others.add_columns(PersonRow, ShopRow)
        .join(ShopRow, ShopRow.id == here)
        .join(PersonRow, PersonRow.id == who)
    )
    return others, everybody


# Put together once: building a statement takes longer than running it.
OTHERS, EVERYBODY = _looking()


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
