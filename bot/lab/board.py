"""All screens at one moment, as the page draws them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy.exc import OperationalError

from bot.lab.bench import Bench
from bot.lab.handsets import Handsets
from bot.lab.hints import Hints, hints
from bot.lab.screens import Ask, Bubble
from bot.lab.switches import Panel, Switches
from store.transaction import Sessions, run

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Board:
    """`reply_to`: where a text from each SMS handset goes, the last address that wrote to it."""

    whatsapp: Sequence[Bubble]
    sms: Sequence[Bubble]
    seller: Sequence[Bubble]
    rider: Sequence[Bubble]
    asks: Sequence[Ask]
    reply_to: Mapping[str, str | None]
    hints: Hints
    faults: Panel

    def as_json(self) -> str:
        """On one line."""
        return json.dumps(asdict(self), default=_written)


def draw(bench: Bench, handsets: Handsets, switches: Switches, sessions: Sessions) -> Board:
    """The screens of everybody at the bench, as they are now."""
    texts = {
        role: handsets.texts(phone.number) if phone else ()
        for role, phone in (
            ("sms", bench.customer),
            ("seller", bench.seller),
            ("rider", bench.rider),
        )
    }
    return Board(
        whatsapp=handsets.chat(bench.customer.number, bench.whatsapp),
        sms=texts["sms"],
        seller=texts["seller"],
        rider=texts["rider"],
        asks=handsets.asks(bench.customer.number, {phone.number for phone in bench.customers}),
        reply_to={role: _last_sender(bubbles) or bench.sms_to for role, bubbles in texts.items()},
        hints=_hints(bench, sessions),
        faults=switches.panel(),
    )


def _last_sender(bubbles: Sequence[Bubble]) -> str | None:
    return next((bubble.peer for bubble in reversed(bubbles) if not bubble.mine), None)


def _hints(bench: Bench, sessions: Sessions) -> Hints:
    rider = bench.rider.number if bench.rider else None
    try:
        return run(sessions, partial(hints, shop=bench.shop, rider=rider))
    except OperationalError as error:
        # The screens go on without the books: that is when they are watched most closely.
        log.warning("no hints", error=type(error.orig).__name__)
        return Hints()


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place on a screen")
