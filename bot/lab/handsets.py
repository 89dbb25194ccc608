"""What stands on the screens of the lab's handsets, and what their owners do with them.

Everything that a handset sends reaches the server through its public webhooks, as the provider would
bring it; what it shows is what the emulated providers took.
"""

import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import chain
from uuid import uuid4

from bot.lab.circuits import RAILS
from bot.lab.emulators import Emulators
from bot.lab.screens import Ask, Bubble, Choice, cost
from channels.africastalking.codes import STATUSES
from channels.channel import Medium
from channels.emulated import Answered
from channels.interactive import LONGEST_BODY, LONGEST_TEXT, Rows
from channels.meta.codes import STATUSES as STATUSES_OF_META
from channels.meta.emulator import Who
from payments.emulated import Prompt

# As many as a handset shows; and as many as are kept of what all of them sent.
MOST_SHOWN = 80
MOST_KEPT = 2000


class Handsets:
    """All of them. Thread-safe. What they sent is forgotten when the process ends."""

    def __init__(self, emulators: Emulators, now: Callable[[], datetime]) -> None:
        self._emulators = emulators
        self._now = now
        self._lock = threading.Lock()
        self._said: deque[tuple[str, Bubble]] = deque(maxlen=MOST_KEPT)
        self._failed: set[str] = set()
        self._arrived: set[str] = set()
        self._put_away: set[str] = set()

    def say(
        self, medium: Medium, provider: str, phone: str, to: str, text: str, name: str | None = None
    ) -> Answered | None:
        """Sends `text` and waits for what the server says; None without that provider's emulator."""
        bubble = self._bubble(medium, to, text)
        return self._show(phone, bubble, lambda: self._carry(bubble, provider, phone, name))

    def tap(
        self, phone: str, message: str, choice: str, name: str | None = None
    ) -> Answered | None:
        """Taps a choice under a message. Raises KeyError where there is none; None without Meta."""
        meta = self._emulators.meta
        if meta is None:
            return None
        accepted = next((m for m in meta.messages_to(phone) if m.id == message), None)
        tapped = next((c for c in accepted.choices if c.id == choice), None) if accepted else None
        if accepted is None or tapped is None:
            raise KeyError(choice)
        bubble = self._bubble(Medium.WHATSAPP, accepted.sender, tapped.title)
        who = Who(phone, None, name)
        return self._show(phone, bubble, lambda: meta.press(who, accepted, choice))

    def _bubble(self, medium: Medium, to: str, text: str) -> Bubble:
        words = cost(medium, text)
        return Bubble(str(uuid4()), True, medium, to, text, self._now(), words, "sent")

    def _show(
        self, phone: str, bubble: Bubble, carry: Callable[[], Answered | None]
    ) -> Answered | None:
        with self._lock:
            self._said.append((phone, bubble))
        self._emulators.bell.ring()
        answered = carry()
        with self._lock:
            arrived = answered is not None and answered.status == 200
            (self._arrived if arrived else self._failed).add(bubble.id)
        self._emulators.bell.ring()
        return answered

    def chat(self, phone: str, addresses: Collection[str]) -> Sequence[Bubble]:
        """The WhatsApp chat of a phone with a shop on `addresses`."""
        both = chain(self._from_twilio(phone, Medium.WHATSAPP), self._from_meta(phone))
        got = (b for b in both if b.peer in addresses)
        said = (b for b in self._own(phone, Medium.WHATSAPP) if b.peer in addresses)
        return _latest(got, said)

    def texts(self, phone: str) -> Sequence[Bubble]:
        """Every SMS of a phone, whoever carried it."""
        return _latest(
            self._from_twilio(phone, Medium.SMS),
            self._from_at(phone),
            self._from_networks(phone),
            self._own(phone, Medium.SMS),
        )

    def asks(self, phone: str, others: Collection[str]) -> Sequence[Ask]:
        """Prompts that wait on a phone; also those for a number that none of `others` has. Who pays by
        a link or with a code is not asked here."""
        return [
            _ask(rail, prompt)
            for rail, wallets in self._emulators.purses.items()
            for prompt in wallets.prompts()
            if prompt.reference not in self._put_away
            and not (prompt.link or prompt.code)
            and (prompt.payer == phone or prompt.payer not in others)
        ]

    def put_away(self, reference: str) -> None:
        """A prompt leaves the screen, answered or not."""
        self._put_away.add(reference)
        self._emulators.bell.ring()

    def _carry(
        self, bubble: Bubble, provider: str, phone: str, name: str | None
    ) -> Answered | None:
        twilio, at = self._emulators.twilio, self._emulators.africastalking
        if provider == "twilio" and twilio is not None:
            extra = {"ProfileName": name} if name and bubble.medium is Medium.WHATSAPP else {}
            return twilio.say(phone, bubble.peer, bubble.text, medium=bubble.medium, extra=extra)
        if provider == "meta" and self._emulators.meta is not None:
            return self._emulators.meta.say(Who(phone, None, name), bubble.peer, bubble.text)
        if provider == "africastalking" and at is not None:
            return at.say(phone, bubble.peer, bubble.text)
        return None

    def _own(self, phone: str, medium: Medium) -> Iterable[Bubble]:
        with self._lock:
            return [
                replace(bubble, status=self._status(bubble.id))
                for owner, bubble in self._said
                if owner == phone and bubble.medium is medium
            ]

    def _status(self, bubble: str) -> str:
        if bubble in self._failed:
            return "failed"
        return "delivered" if bubble in self._arrived else "sent"

    def _from_twilio(self, phone: str, medium: Medium) -> Iterable[Bubble]:
        twilio = self._emulators.twilio
        if twilio is None:
            return []
        return [
            Bubble(
                m.sid, False, medium, m.sender, m.body, m.at, cost(medium, m.body),
                twilio.statuses.get(m.sid, "queued"), m.media_url,
            )
            for m in twilio.messages_to(phone)
            if m.medium is medium
        ]  # fmt: skip

    def _from_meta(self, phone: str) -> Iterable[Bubble]:
        meta = self._emulators.meta
        if meta is None:
            return []
        return [
            Bubble(
                m.id, False, Medium.WHATSAPP, m.sender, m.text, m.at,
                cost(Medium.WHATSAPP, m.text, LONGEST_BODY if m.choices else LONGEST_TEXT),
                STATUSES_OF_META[meta.statuses[m.id]].value, m.media_url,
                m.payload.opener if isinstance(m.payload, Rows) else None,
                tuple(Choice(c.id, c.title, getattr(c, "description", None)) for c in m.choices),
            )
            for m in meta.messages_to(phone)
        ]  # fmt: skip

    def _from_at(self, phone: str) -> Iterable[Bubble]:
        at = self._emulators.africastalking
        if at is None:
            return []
        return [
            Bubble(
                m.id, False, Medium.SMS, m.sender, m.body, m.at, cost(Medium.SMS, m.body),
                STATUSES[at.statuses[m.id]].value,
            )
            for m in at.messages_to(phone)
        ]  # fmt: skip

    def _from_networks(self, phone: str) -> Iterable[Bubble]:
        """The one-time codes that a payer's own network sends."""
        texts = (
            (prompt, f"Your code to pay {prompt.currency} {prompt.amount} is {prompt.code}.")
            for wallets in self._emulators.purses.values()
            for prompt in wallets.all()
            if prompt.code and prompt.payer == phone
        )
        return [
            Bubble(
                f"code-{prompt.reference}", False, Medium.SMS, "Mobile Money", text,
                prompt.made_at, cost(Medium.SMS, text), "delivered",
            )
            for prompt, text in texts
        ]  # fmt: skip


def _latest(*sources: Iterable[Bubble]) -> Sequence[Bubble]:
    bubbles = [bubble for source in sources for bubble in source]
    return sorted(bubbles, key=lambda bubble: bubble.at)[-MOST_SHOWN:]


def _ask(rail: str, prompt: Prompt) -> Ask:
    amount = f"{prompt.currency} {Decimal(prompt.amount):,}"
    return Ask(
        prompt.reference,
        rail,
        RAILS[rail],
        prompt.payer,
        amount,
        prompt.message,
        prompt.lapses_at,
    )
