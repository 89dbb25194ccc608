"""One message, answered: understood, stepped through its flow, rendered, and written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.addressee import reader_at
from bot.blanking import BLANK, is_bare_code
from bot.desk import HUMAN
from bot.outbox.queue import Letter, put
from bot.ports import services
from bot.reader import Ambiguous, Goods, Reading, read, shown_on, would_leave
from bot.resting import how_it_rests, rests
from bot.talk import CUSTOMER, Talk
from bot.world import World
from channels.channel import Medium
from channels.render import Draft, page_draft, render
from channels.render.answer import PageTurn
from channels.shown import dump
from flows.codes import code_in
from flows.customer import customer
from flows.customer.human import held, released
from flows.customer.leaving import STATE as LEAVING
from flows.founder import founder
from flows.heard import Heard
from flows.machine import Machine
from flows.message import Message, verbatim
from flows.place import Place
from flows.reply import Reply
from flows.rider import rider
from flows.seller import seller
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Understanding
from store.models import AddressRow, InboxRow
from store.scope import Scope
from store.standing import is_platform
from store.stops import take_up_stops

MACHINES: Mapping[str, Machine] = {machine.role: machine for machine in (customer, seller, rider)}
# A message that could not be answered for so long is asked again.
ASKED_AGAIN_AFTER = timedelta(minutes=10)
# After STOP, a person who writes is told this often how to START again.
STOP_NOTICE_EVERY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Answering:
    """What one message is answered with; `talk` is locked, `row` is the message, `address` ours that it
    came to."""

    world: World
    scope: Scope
    talk: Talk
    row: InboxRow
    address: AddressRow

    def answer(self) -> None:
        """All of it. What is to be sent or shown is in the transaction afterwards."""
        if self.talk.row.turns == 0:
            key = self.world.settings.stop_key
            take_up_stops(self.scope.session, self.talk.person, self.talk.customer, key)
        made = services(self.world, self.scope, self.talk, self.row.medium)
        in_cart = tuple(line.sku for line in made.ports.cart.read().lines)
        reading = read(self.talk, self.row, Goods(made.ports.catalogue.names, in_cart))
        self._arrived()
        if isinstance(reading, PageTurn):
            self._turn_page(reading.page)
        elif isinstance(reading, Ambiguous):
            self.reply(CUSTOMER, reading.reply)
        elif self._late(reading):
            self.reply(CUSTOMER, self._ask_again())
        elif rests(self.scope, self.talk, reading):
            self.reply(CUSTOMER, how_it_rests(made.ports.shop))
        elif self._stopped(reading):
            self.reply(CUSTOMER, self._how_to_start())
        else:
            role = reading.role
            if role == CUSTOMER and isinstance(reading.heard, Understanding):
                self.talk.hear(reading.heard)
            place = self._place(role)
            locale = self.talk.locale_of(role)
            step = self._machine(role).step(place, reading.heard, made.ports, locale)
            self._forget_code(reading.heard)
            self.talk.stand(role, step.place, step.reply.asks)
            self.reply(role, step.reply)

    def _machine(self, role: str) -> Machine:
        """On the platform's own lines nobody buys: people open shops there."""
        return founder if role == CUSTOMER and is_platform(self.talk.shop) else MACHINES[role]

    def reply(self, role: str, reply: Reply) -> None:
        """Render for who reads it. A menu is remembered for this address, so that "2" has one
        meaning."""
        ussd = self.row.medium == Medium.USSD
        if reply.silent:
            if not ussd:
                return
            reply = Reply((Message("ussd-nothing"),), ends=True)
        rendered = render(
            reply,
            Medium(self.row.medium),
            reader_at(self.talk.shop, self.talk.locale_of(role), role),
            self.world.words,
            self.scope.now,
            provider=self.address.provider,
        )
        shown = dict(self.talk.row.shown)
        shown.pop(str(self.address.id), None)
        if rendered.shown is not None:
            shown[str(self.address.id)] = dump(rendered.shown)
        self.talk.row.shown = shown
        if ussd:
            self.row.answer = rendered.texts[0].text
            return
        for draft in rendered.texts:
            self._queue(draft)

    def _arrived(self) -> None:
        """What the arrival alone changes."""
        here, row = self.talk.row, self.row
        here.turns += 1
        here.last_inbound_at = here.updated_at = self.scope.now
        here.last_address_id = row.address_id
        if row.medium == Medium.WHATSAPP:
            here.last_whatsapp_at = self.scope.now
        name = row.payload.get("name")
        if name and self.talk.customer.name != name:
            self.talk.customer.name = str(name)[:100]
        if row.medium == Medium.USSD:
            session = {"id": row.payload.get("session"), "text": row.text}
            here.ussd = {**here.ussd, str(row.address_id): session}

    def _forget_code(self, heard: Heard) -> None:
        """Digits that chose nothing are a code, or a wallet's PIN, typed here and not into its prompt."""
        if self.row.medium == Medium.USSD:
            return
        typed = isinstance(heard, Understanding) and (
            is_bare_code(self.row.text) or code_in(self.row.text) is not None
        )
        if typed or (isinstance(heard, Command) and heard.word is Word.CODE):
            self.row.text = BLANK

    def _stopped(self, reading: Reading) -> bool:
        """After STOP only START, the wish to be forgotten, or a word of somebody who works here, is answered
        as usual."""
        if reading.role != CUSTOMER or self.talk.customer.opted_out_at is None:
            return False
        place = self.talk.place(CUSTOMER)
        if place is not None and place.spot.state == LEAVING:
            return False
        heard = reading.heard
        if not isinstance(heard, Understanding):
            return True
        return not would_leave(heard) and heard.intent not in (Intent.OPT_IN, Intent.OPT_OUT)

    def _late(self, reading: Reading) -> bool:
        """Did it wait for so long that it may no longer be wanted? STOP always is."""
        heard = reading.heard
        if isinstance(heard, Understanding) and heard.intent is Intent.OPT_OUT:
            return False
        return self.scope.now - self.row.received_at > ASKED_AGAIN_AFTER

    def _ask_again(self) -> Reply:
        """What waited too long may no longer be wanted: it is asked again, not done."""
        return Reply((Message("late-ask-again", words=verbatim(self.row.text[:100])),), ends=True)

    def _how_to_start(self) -> Reply:
        told, now = self.talk.customer.stop_notice_at, self.scope.now
        if told is not None and now - told < STOP_NOTICE_EVERY:
            return Reply(ends=True)
        self.talk.customer.stop_notice_at = now
        message = Message("stopped-how-to-start", shop=self.talk.shop.name)
        return Reply((message,), ends=True)

    def _place(self, role: str) -> Place | None:
        """While people hold the talk it stands with them; a dialled session is always the bot's."""
        place = self.talk.place(role)
        if role != CUSTOMER or self.row.medium == Medium.USSD:
            return place
        return held(place) if self.talk.row.held_by == HUMAN else released(place)

    def _turn_page(self, page: int) -> None:
        """Another page of what was shown; the flow does not hear of it."""
        shown = shown_on(self.talk, self.row.address_id)
        if shown is None:
            raise LookupError("a page was turned in a menu that is gone")
        turned = shown.turned(page)
        key = str(self.row.address_id)
        self.talk.row.shown = {**self.talk.row.shown, key: dump(turned)}
        if self.row.medium == Medium.USSD:
            self.row.answer = turned.current.text
            return
        self._queue(page_draft(turned.current, Medium(self.row.medium)))

    def _queue(self, draft: Draft) -> None:
        person = self.talk.person
        recipient = person.phone or person.whatsapp_user_id
        if recipient is None:
            return
        letter = Letter(
            shop_id=self.talk.shop.id,
            address=self.address,
            person_id=person.id,
            recipient=recipient,
            text=draft.text,
            kind="reply",
            media_url=draft.media_url,
            payload=draft.interactive,
            segments=draft.segments,
            trace=self.row.trace,
        )
        put(self.scope.session, letter, self.scope.now, self.scope.woken)
