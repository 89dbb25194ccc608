"""Which order and which code "DELIVERED 1001 4321" names, in any order and with either left out."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from intents.command import Command

DIGITS = 4
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Handover:
    """`number` is None when it was left out, `code` is "" when it was."""

    number: int | None
    code: str


def read_handover(command: Command, under_way: Collection[int]) -> Handover:
    """Read `command` against the numbers of the orders that could be meant."""
    said = _NUMBER.findall(command.rest)
    if command.number is None:
        return Handover(None, _code(said))
    if command.number in under_way:
        return Handover(command.number, _code(said))
    swapped = next((int(part) for part in said if int(part) in under_way), None)
    if swapped is not None:
        return Handover(swapped, str(command.number).zfill(DIGITS))
    if not said and command.number < 10**DIGITS:
        return Handover(None, str(command.number).zfill(DIGITS))
    return Handover(command.number, _code(said))


def _code(said: Collection[str]) -> str:
    """The first that can be a code; other figures cost no try."""
    return next((part for part in said if len(part) == DIGITS), "")
