"""What people say before they want to pay: they look, ask, bargain, and fill a cart."""

from scripts.simulate.handsets import Dialling
from scripts.simulate.person import Person
from scripts.simulate.screens import choices

# Seconds until money that was put into a wallet is surely there, or surely is not.
MONEY_TAKES = 150.0
# Where one of these is offered nothing is asked that must be answered.
RESTING = (
    "option-checkout", "option-browse", "option-help", "option-add-one", "option-deal",
    "option-top-up", "option-tell-back",
)  # fmt: skip


def said_all(person: Person) -> bool:
    return person.steps > 1 and person.errand >= len(person.wants.errands)


def go_on(person: Person, screen: str) -> str | None:
    """What is typed next, up to the end of the list of errands."""
    if typed := _for_what_is_sold_out(person, screen):
        return typed
    if deal := person.option(screen, "option-deal"):
        person.did("agreed on a price")
        return deal
    if isinstance(person.phone, Dialling):
        return _by_pages(person, screen)
    found = choices(screen)
    if found and person.steps > 1 and not person.option(screen, *RESTING):
        return found[0].typed
    return _next_errand(person)


def pause_for_money(person: Person, screen: str) -> float:
    """Seconds until money that is asked for on their phone for the wallet is there; 0 where there is
    nothing to wait for."""
    if person.topped_up or not person.reads(screen, "top-up-prompt"):
        return 0.0
    person.topped_up = True
    person.did("put money into a wallet")
    return MONEY_TAKES


def _for_what_is_sold_out(person: Person, screen: str) -> str | None:
    typed = person.option(screen, "option-tell-back")
    if typed is None or person.waits or not person.wants.patient:
        return None
    person.waits = True
    person.did("asked to be told when it is back")
    return typed


def _next_errand(person: Person) -> str:
    errand = person.wants.errands[person.errand]
    person.errand += 1
    person.did(f"said: {errand.partition(':')[0]}")
    return person.words(*errand.split(":", 1))


def _by_pages(person: Person, screen: str) -> str:
    """On a feature phone: by the numbers that are shown."""
    if typed := person.option(screen, "option-add-one"):
        person.errand = len(person.wants.errands)
        return typed
    if typed := person.option(screen, "option-search"):
        return typed
    found = choices(screen)
    return found[0].typed if found else person.wants.goods[0]
