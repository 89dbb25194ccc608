"""Lets the switches strike: what the emulators ask before they carry or answer anything."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Protocol

from bot.lab.circuits import CALLBACKS, REQUESTS, circuit
from bot.lab.phones import pretty
from bot.lab.switches import Switches, Thrown
from channels.emulated import Fate, Hitch, Kind, Mishap, Mishaps, Parcel, Road
from payments.emulated import Asked, Faults, Hit, Move, Trouble

LONGEST_QUOTE = 40
OF_KIND: Mapping[Kind, str] = {
    Kind.MESSAGE: "messages",
    Kind.PAGE: "pages",
    Kind.RECEIPT: "receipts",
}
MISHAPS: Mapping[str, Callable[[float], Mishap]] = {
    "slow": lambda seconds: Mishap(slow=seconds),
    "busy": lambda seconds: Mishap(status=429, retry_after=round(seconds)),
    "broken": lambda _: Mishap(status=500),
    "dropped": lambda _: Mishap(drop=True),
}


class Played(Protocol):
    """An emulated messaging provider, as far as things go wrong with it."""

    road: Road
    mishaps: Mishaps


def wire_channel(provider: str, emulator: Played, switches: Switches) -> None:
    """An emulated messaging provider: its webhooks, and its API."""

    def hitch(parcel: Parcel) -> Hitch | None:
        kind = OF_KIND.get(parcel.kind)
        if kind is None:
            return None
        thrown = switches.strike(f"{provider}-{kind}", _named(parcel))
        return Hitch(Fate(thrown.name), thrown.seconds) if thrown else None

    def mishap(sent: Parcel) -> Mishap | None:
        thrown = switches.strike(f"{provider}-sends", _named(sent))
        return MISHAPS[thrown.name](thrown.seconds) if thrown else None

    emulator.road.hitch = hitch
    emulator.mishaps.otherwise = mishap


def wire_rail(rail: str, faults: Faults, switches: Switches) -> None:
    """An emulated payment provider: what it is asked to do with money, and its calls back."""
    requests, callbacks = circuit(rail, REQUESTS), circuit(rail, CALLBACKS)
    faults.at_request = lambda asked: _hit(switches.strike(requests, _money(asked)))
    faults.at_callback = lambda asked: _hit(switches.strike(callbacks, _money(asked)))


def _hit(thrown: Thrown | None) -> Hit | None:
    return Hit(Trouble(thrown.name), thrown.seconds) if thrown else None


def _named(parcel: Parcel) -> str:
    """“hi” from +256 712 345111"""
    words = " ".join(parcel.words.split())
    quote = words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1].rstrip()}…"
    way = "from" if parcel.kind in (Kind.MESSAGE, Kind.PAGE) else "to"
    return f"“{quote}” {way} {pretty(parcel.who)}"


def _money(asked: Asked) -> str:
    way = "from" if asked.move is Move.CHARGE else "to"
    whom = pretty(asked.phone) if asked.phone else "whoever follows the link"
    return f"{amount(asked.amount, asked.currency)} {way} {whom}"


def amount(number: str, currency: str) -> str:
    """UGX 48,000"""
    try:
        return f"{currency} {Decimal(number):,}"
    except InvalidOperation:
        return f"{currency} {number}"
