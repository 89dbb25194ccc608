"""The way from a cart to an order: by what the checkout asks, one screen after the other."""

import re

from scripts.simulate.person import Person
from scripts.simulate.screens import choices, goes_on
from scripts.simulate.wants import WAYS

RAILS = ("mtn-momo", "airtel", "paystack", "flutterwave", "cash", "wallet")
# What leads on where nothing else was looked for.
ON = ("option-checkout", "option-deal", "option-slot-soon", "option-yes")
# What is typed for the next page where pages have no rows to tap.
MORE = "99"
# So often the checkout is asked for in words, before somebody goes away.
PATIENCE = 4


def check_out(person: Person, screen: str) -> str | None:
    """What is typed next; None when the visit has come to its end."""
    wants = person.wants
    if not wants.buys:
        person.give_up("only looked")
        return None
    if confirm := person.option(screen, "option-confirm"):
        if wants.walks_out:
            person.give_up("walked out at the last question")
            return None
        person.confirmed = True
        return confirm
    rails = [f"rail-{rail}" for rail in (wants.rail, *RAILS)]
    return (
        person.option(screen, wants.way, *WAYS)
        or person.option(screen, *rails)
        or person.option(screen, *ON)
        or _in_words(person, screen)
        or _onward(person, screen)
    )


def _in_words(person: Person, screen: str) -> str | None:
    """What the checkout asks and no option answers."""
    own = next((c.typed for c in choices(screen) if _own(person, c.label)), None)
    if own:
        return own
    if person.reads(screen, "area-ask", "area-write"):
        return person.random.choice(person.place.areas)
    if person.reads(screen, "landmark-ask"):
        return person.words("landmark")
    return None


def _onward(person: Person, screen: str) -> str | None:
    """Where nothing is what was looked for: the next page, the first option, or words."""
    found = choices(screen)
    if goes_on(screen):
        return MORE
    if person.option(screen, "option-browse", "option-help"):
        return _insist(person)
    if found:
        return person.option(screen, "page-more") or found[0].typed
    return person.number if person.reads(screen, "payer-ask") else person.words("checkout")


def _insist(person: Person) -> str | None:
    """There is no way to the checkout from here: asked for in words, then tried with more goods."""
    person.asked += 1
    if person.asked > PATIENCE:
        person.give_up("never got to the checkout")
        return None
    if person.asked == 2:
        return person.words("buy", person.wants.goods[0])
    return person.words("checkout")


def _own(person: Person, label: str) -> bool:
    return person.number[-9:] in re.sub(r"\D", "", label)
