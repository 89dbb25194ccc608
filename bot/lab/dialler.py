"""USSD on a handset: a code is dialled, pages are answered, the session ends."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from channels.africastalking.emulator import AfricasTalkingEmulator, UssdSession
from channels.render.gsm import segments
from channels.render.ussd import SCREEN

MOST_SESSIONS = 32
# What a handset says when the network gives it nothing to show.
NO_ANSWER = "Connection problem or invalid MMI code."


@dataclass(frozen=True, slots=True)
class Screen:
    """What the handset shows. `open`: it may be answered. `cost` is the page's length in words,
    with the "CON " or "END " before it."""

    session: str
    text: str
    open: bool
    cost: str
    fault: bool = False


class Dialler:
    """The sessions under way, one per phone. Thread-safe."""

    def __init__(self, emulator: AfricasTalkingEmulator) -> None:
        self._emulator = emulator
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, UssdSession] = OrderedDict()

    def dial(self, phone: str, code: str) -> Screen:
        """Opens a session; one that was still open on this phone ends."""
        for session in self._replaced(phone):
            session.hang_up()
        session = self._emulator.dial(code, phone)
        with self._lock:
            self._sessions[session.id] = session
        return self._seen(session)

    def reply(self, session_id: str, text: str) -> Screen:
        """Answers a page. Raises KeyError when the session is over."""
        with self._lock:
            session = self._sessions[session_id]
        session.reply(text)
        return self._seen(session)

    def cancel(self, session_id: str) -> None:
        """The handset's red key. Raises KeyError when the session is over."""
        with self._lock:
            session = self._sessions.pop(session_id)
        session.hang_up()

    def _replaced(self, phone: str) -> list[UssdSession]:
        with self._lock:
            ended = [s for s in self._sessions.values() if s.phone == phone]
            surplus = len(self._sessions) - len(ended) - MOST_SESSIONS + 1
            ended += [s for s in self._sessions.values() if s.phone != phone][: max(0, surplus)]
            for session in ended:
                del self._sessions[session.id]
        return ended

    def _seen(self, session: UssdSession) -> Screen:
        if not session.open:
            with self._lock:
                self._sessions.pop(session.id, None)
            session.hang_up()
        if not session.screen:
            status = session.answer.status
            return Screen(session.id, NO_ANSWER, False, f"the server said {status}", fault=True)
        page = segments(session.answer.body)
        length = f"{page.units} of {SCREEN} in {page.encoding.value}"
        return Screen(session.id, session.screen, session.open, length)
