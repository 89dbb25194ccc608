"""An option that is said in words and by no number: "pick up", "the second one", "home"."""

from collections.abc import Mapping
from datetime import datetime

from bot.desk import HUMAN
from bot.talk import CUSTOMER, Talk
from channels.shown import Shown
from flows.heard import Choice, Stale
from intents.choices import LAST, read_choice, read_place
from intents.understanding import Asked

# Options that a customer may name also where they are not on the screen: in these states, or in all.
UNSHOWN: Mapping[str, frozenset[str]] = {
    "address": frozenset(),
    "track": frozenset(),
    "cash": frozenset({"paying", "order"}),
    "other-number": frozenset({"paying", "order"}),
}


def own_place(text: str, menu: Shown | None) -> Choice | None:
    """A place on the screen by the name that they gave it themselves. Who calls one "home" means that, and
    not the way back to the beginning."""
    said = text.strip(" .!").casefold()
    offered = (i for page in menu.pages for i in page.options.values()) if menu is not None else ()
    places = (choice for choice in map(Choice, offered) if choice.name == "place")
    return next((choice for choice in places if choice.argument.casefold() == said), None)


def named(talk: Talk, text: str, menu: Shown | None) -> Choice | None:
    """An option of the menu that is called by its name ("pick up", "cash") and by no number."""
    names = read_choice(text, talk.shop.locales)
    offered = {i for page in menu.pages for i in page.options.values()} if menu is not None else ()
    meant = [Choice(i) for i in offered if i in names or Choice(i).name in names]
    if len(meant) == 1:
        return meant[0]
    free = talk.row.held_by != HUMAN and talk.asked(CUSTOMER) in (None, Asked.YES_NO, Asked.CHOICE)
    works_here = talk.staff is not None or talk.rider is not None
    customers = not works_here if menu is None else menu.role == CUSTOMER
    if meant or not (free and customers):
        return None
    place = talk.place(CUSTOMER)
    state = place.spot.state if place is not None else ""
    unshown = [n for n, states in UNSHOWN.items() if n in names and (not states or state in states)]
    return Choice(unshown[0]) if unshown else None


def pointed_at(
    talk: Talk, text: str, menu: Shown | None, received_at: datetime
) -> Choice | Stale | None:
    """An option of the page on the screen that is pointed at: "the second one", "ya pili"."""
    if menu is None or talk.asked(menu.role) is Asked.QUANTITY:
        return None
    place = read_place(text, (talk.locale_of(menu.role), *talk.shop.locales))
    if place is None:
        return None
    options = menu.current.options
    number = max(options, key=int) if place == LAST and options else str(place)
    if number not in options:
        return None
    if received_at < menu.at:
        return Stale(menu.current.labels[number])
    return Choice(options[number])
