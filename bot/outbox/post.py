"""What must go out because something happened: each notice in its reader's language, on the road that
reaches them, written into the transaction in which it happened."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.addressee import reader_at
from bot.outbox.queue import Letter, keep_back, put
from bot.outbox.roads import Road, Roads
from bot.outbox.templated import filled
from bot.world import World
from channels.channel import Medium
from channels.interactive import Template
from channels.render import Draft, Reader, Rendered, render
from channels.shown import dump
from flows.happenings import Happening
from flows.message import Message
from flows.notices import Customer, Haste, Notice, OwnPhone, Phone, Rider, notices
from flows.reply import Reply
from store.addresses import lock_addressing
from store.facts import note
from store.ids import new_id
from store.insertion import insert_if_new
from store.models import AddressRow, ConversationRow, ShopRow
from store.quiet import next_allowed
from store.scope import Woken
from store.shops import shop_info

# Why a message was kept back.
WINDOW_CLOSED = "WhatsApp's window is closed, no template fits, and there is no number for an SMS"


class Post:
    """Implements `Tell` for one transaction at one shop. `trace` is the message's that caused it, and
    `talk` the conversation that this transaction has locked, with what is not yet written of it."""

    def __init__(
        self,
        world: World,
        session: Session,
        shop: ShopRow,
        *,
        now: datetime,
        woken: Woken,
        trace: UUID | None = None,
        talk: ConversationRow | None = None,
    ) -> None:
        self._world = world
        self._session = session
        self._shop = shop
        self._now = now
        self._woken = woken
        self._trace = trace
        self._talk = talk
        self._roads = Roads(session, shop, world.settings, now, talk)
        # What only promotes takes the road that is open when the quiet hours are over.
        self._promoted_at = next_allowed(shop, now, world.rules.quiet)
        self._promoting = Roads(session, shop, world.settings, self._promoted_at, talk)

    def tell(self, happening: Happening) -> None:
        """Queue what people must hear of this, and count it."""
        for notice in notices(happening, shop_info(self._shop, self._now)):
            for road in self._to(notice):
                self._send(notice, road)
        name = type(happening).__name__
        note(self._session, name, {}, self._now, self._shop.id)

    def _to(self, notice: Notice) -> Sequence[Road]:
        to = notice.to
        if isinstance(to, Customer):
            templates = partial(self._template, notice.message)
            person = UUID(to.person)
            roads = self._promoting if notice.kind is Haste.BULK else self._roads
            return roads.to_customer(person, important=notice.important, templates=templates)
        if isinstance(to, Rider):
            return self._roads.to_rider(UUID(to.id))
        if isinstance(to, OwnPhone):
            return self._roads.to_own_phone(UUID(to.person), to.role)
        if isinstance(to, Phone):
            return self._roads.to_phone(to.number)
        return self._roads.to_sellers(all_phones=to.all_phones)

    def _template(self, message: Message, address: AddressRow, locale: str) -> Template | None:
        reader = reader_at(self._shop, locale, "customer")
        return filled(self._session, self._shop.id, address, message, self._world.words, reader)

    def _send(self, notice: Notice, road: Road) -> None:
        if road.closed or road.template is not None:
            self._past_the_window(notice, road)
            return
        rendered = self._rendered(notice.message, notice, road)
        shared = road.shared or self._roads.is_platform(road.address)
        if shared and not _names(rendered, self._shop.name):
            # On a number that many shops share the reader must see which one it is.
            message = Message("post-of-shop", shop=self._shop.name, told=notice.message)
            rendered = self._rendered(message, notice, road)
        for draft in rendered.texts:
            put(self._session, self._letter(notice, road, draft), self._now, self._woken)
        if notice.menu is not None:
            self._remember(road, rendered)

    def _rendered(self, message: Message, notice: Notice, road: Road) -> Rendered:
        return render(
            Reply((message,), notice.menu),
            Medium(road.address.channel),
            self._reader(road),
            self._world.words,
            self._now,
            provider=road.address.provider,
        )

    def _past_the_window(self, notice: Notice, road: Road) -> None:
        """As a template, or not at all: then it stands among what has failed, where it is seen. The
        words are kept for whoever reads the books, or an SMS in place of a template that fails."""
        words = self._world.words.text(notice.message, self._reader(road), Medium.WHATSAPP)
        letter = self._letter(notice, road, Draft(words))
        if road.template is None:
            keep_back(self._session, letter, self._now, WINDOW_CLOSED)
        else:
            letter = replace(letter, payload=road.template)
            put(self._session, letter, self._now, self._woken)

    def _letter(self, notice: Notice, road: Road, draft: Draft) -> Letter:
        return Letter(
            shop_id=self._shop.id,
            address=road.address,
            person_id=road.person.id,
            recipient=road.recipient,
            text=draft.text,
            kind=notice.kind.value,
            media_url=draft.media_url,
            payload=draft.interactive,
            segments=draft.segments,
            important=notice.important,
            secret=notice.secret,
            trace=self._trace,
            due_at=self._promoted_at if notice.kind is Haste.BULK else None,
        )

    def _reader(self, road: Road) -> Reader:
        return reader_at(self._shop, road.locale, road.role)

    def _remember(self, road: Road, rendered: Rendered) -> None:
        """What this notice offers can be chosen by its number, like any other menu."""
        if rendered.shown is None:
            return
        talk = self._talk_with(road.person.id)
        talk.shown = {**talk.shown, str(road.address.id): dump(rendered.shown)}
        talk.updated_at = self._now
        if self._roads.is_platform(road.address):
            # The number that comes back is an answer to this shop.
            here = lock_addressing(self._session, road.address.id, road.person.id)
            here.shop_id = self._shop.id

    def _talk_with(self, person_id: UUID) -> ConversationRow:
        if self._talk is not None and self._talk.person_id == person_id:
            return self._talk
        insert_if_new(
            self._session,
            ConversationRow,
            id=new_id(),
            shop_id=self._shop.id,
            person_id=person_id,
            places={},
            shown={},
            ussd={},
            held_by="bot",
            updated_at=self._now,
        )
        return self._session.scalars(
            select(ConversationRow).where(
                ConversationRow.shop_id == self._shop.id, ConversationRow.person_id == person_id
            )
        ).one()


def _names(rendered: Rendered, shop: str) -> bool:
    return any(shop in draft.text for draft in rendered.texts)
