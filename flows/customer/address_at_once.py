"""An address in one breath: "Ntinda, near the stage"."""

import re
from dataclasses import replace

from flows.customer.area import speaks_of_something_else, take_place
from flows.customer.draft import Draft, Task, draft_of
from flows.customer.landmark import LONGEST_LANDMARK
from flows.customer.machine import customer
from flows.place import Step
from flows.ports.delivery import Fulfilment
from flows.visit import Visit
from intents.understanding import Understanding

# The questions how and where to.
ASKED_IN = ("fulfilment", "area")
# What people write between the area and how the door is found.
_PARTING = re.compile(r"\s*(?:[,;\n]|\s-\s)\s*")


@customer.first
def address_at_once(visit: Visit, heard: Understanding) -> Step | None:
    """The one area of the shop that is named first, and behind it what the rider looks for. Whoever is asked
    how they want to get it, and answers so, wants it brought."""
    state = visit.place.spot.state
    draft = draft_of(visit) if state in ASKED_IN else None
    if draft is None or draft.task not in (Task.ORDER, Task.ADDRESS) or heard.wish is not None:
        return None
    _, landmark = _parted(heard.text)
    # An area alone is what the question where to asks for.
    if not (landmark or state == "fulfilment") or speaks_of_something_else(heard):
        return None
    return take_at_once(visit, draft, heard.text)


def take_at_once(visit: Visit, draft: Draft, words: str) -> Step | None:
    """On with the draft to the area that begins the words; None where they name no one area."""
    named, landmark = _parted(words)
    brought = [w.kind for w in visit.ports.delivery.options() if w.kind is not Fulfilment.PICKUP]
    # Where a shop brings goods anywhere, all words are the area.
    if not brought or not visit.ports.delivery.areas():
        return None
    found = visit.ports.delivery.find(named)
    if len(found) != 1:
        return None
    draft = replace(draft, kind=draft.kind or brought[0])
    return take_place(visit, draft, found[0].name, landmark, draft.at_point)


def _parted(text: str) -> tuple[str, str | None]:
    named, *rest = _PARTING.split(text.strip(), maxsplit=1)
    landmark = " ".join("".join(rest).split())[:LONGEST_LANDMARK]
    return named, landmark if any(letter.isalnum() for letter in landmark) else None
