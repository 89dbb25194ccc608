"""What the owners of the handsets do: write, dial, answer, approve."""

from collections.abc import Callable
from functools import partial

from flask import Response, abort, jsonify, request

from bot.lab.dialler import Dialler, Screen
from bot.lab.emulators import Emulators
from bot.lab.handsets import Handsets
from bot.lab.holder import Holder, give_up_waiting
from bot.lab.phones import is_phone
from bot.lab.shops import provider_of
from bot.world import World
from channels.channel import Medium
from store.transaction import run

LONGEST_TEXT = 4096


class Actions:
    """The views behind the handsets' buttons. Each takes a JSON object of texts."""

    def __init__(self, world: World, emulators: Emulators, handsets: Handsets) -> None:
        self._world = world
        self._emulators = emulators
        self._handsets = handsets
        at = emulators.africastalking
        self._dialler = Dialler(at) if at is not None else None
        give_up = partial(give_up_waiting, world.sessions, world.clock)
        self._holder = Holder(handsets, emulators.purses, emulators.switches, give_up)

    def whatsapp(self) -> Response:
        """`from`, `to`, `text` and the writer's `name`."""
        return self._say(Medium.WHATSAPP)

    def tap(self) -> Response:
        """`from`, the `message`, the `choice` under it, and the owner's `name`."""
        phone, message, choice = _phone(), _field("message"), _field("choice")
        try:
            answered = self._handsets.tap(phone, message, choice, _fields().get("name"))
        except KeyError:
            return _refused(404, "That is not there to tap any more.")
        if answered is None:
            return _refused(409, "Meta is not emulated here: unset its URL in the settings.")
        return jsonify(status=answered.status)

    def sms(self) -> Response:
        """`from`, `to` and `text`."""
        return self._say(Medium.SMS)

    def dial(self) -> Response:
        """`from` and the `code`; answers with a screen, as `reply` does."""
        phone, code = _phone(), _field("code")
        return _screen(lambda: self._network().dial(phone, code))

    def reply(self) -> Response:
        """`session` and `text`."""
        session, text = _field("session"), _field("text")
        return _screen(lambda: self._network().reply(session, text))

    def cancel(self) -> Response:
        """`session`."""
        session = _field("session")
        try:
            self._network().cancel(session)
        except KeyError:
            # It has ended by itself meanwhile.
            return jsonify(ended=False)
        return jsonify(ended=True)

    def wallet(self, reference: str, answer: str) -> Response:
        """Answers a prompt: approve, refuse, ignore, or short (of money)."""
        try:
            self._holder.answer(reference, answer)
        except KeyError:
            abort(404)
        return jsonify(answered=answer)

    def throw(self, circuit: str, name: str) -> Response:
        """Switches a fault on: `times` is a number or "always", `seconds` where it takes a time."""
        fields = _fields()
        times, seconds = fields.get("times", "1"), fields.get("seconds")
        try:
            self._emulators.switches.throw(
                f"{circuit}/{name}",
                None if times == "always" else int(times),
                None if seconds is None else float(seconds),
            )
        except KeyError:
            abort(404)
        except ValueError:
            return _refused(400, "Between 1 and 30 seconds, please.")
        return jsonify(on=True)

    def switch_off(self, circuit: str, name: str) -> Response:
        try:
            self._emulators.switches.off(f"{circuit}/{name}")
        except KeyError:
            abort(404)
        return jsonify(on=False)

    def heal(self) -> Response:
        """Everything goes well again."""
        self._emulators.heal()
        return jsonify(well=True)

    def _say(self, medium: Medium) -> Response:
        phone, to, text = _phone(), _field("to"), _field("text")
        provider = self._provider(medium, to)
        if provider is None:
            return _refused(404, f"{to} is no number of a shop here.")
        name = _fields().get("name") if medium is Medium.WHATSAPP else None
        answered = self._handsets.say(medium, provider, phone, to, text, name)
        if answered is None:
            return _refused(409, f"{provider} is not emulated here: unset its URL in the settings.")
        return jsonify(status=answered.status)

    def _provider(self, medium: Medium, to: str) -> str | None:
        settings = self._world.settings
        if medium is Medium.SMS and to == settings.platform_sms_from:
            return settings.platform_sms_provider
        return run(self._world.sessions, lambda session: provider_of(session, medium, to))

    def _network(self) -> Dialler:
        return self._dialler or abort(409)


def _screen(act: Callable[[], Screen]) -> Response:
    try:
        screen = act()
    except KeyError:
        return _refused(404, "The session is over. Dial again.")
    return jsonify(screen)


def _refused(status: int, reason: str) -> Response:
    response = jsonify(error=reason)
    response.status_code = status
    return response


def _fields() -> dict[str, str]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        abort(400)
    return {str(name): text for name, text in body.items() if isinstance(text, str)}


def _field(name: str) -> str:
    text = _fields().get(name, "")
    if not text or len(text) > LONGEST_TEXT:
        abort(400, f"{name} is missing or too long")
    return text


def _phone() -> str:
    phone = _field("from")
    if not is_phone(phone):
        abort(400, "from is not a phone number")
    return phone
