"""What people do once they have ordered: they ask, change their mind, give goods back, give stars, and
answer what nobody asked them to."""

import re

from scripts.simulate.handsets import Dialling
from scripts.simulate.mail import Letter
from scripts.simulate.person import Person
from scripts.simulate.screens import choices

# Six digits alone are the code for a wallet.
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


def look_after(person: Person) -> None:
    """Plan what is done about the order that has just been placed."""
    for what, seconds in person.wants.afterwards:
        person.day.daytime.after(seconds, lambda what=what: _do(person, what))  # type: ignore[misc]


def answer_unasked(person: Person, letter: Letter) -> None:
    """What may come at any time: a code, the question for stars, a payment that failed, goods that are
    back."""
    if person.reads(letter.body, "notice-code-pay"):
        _give_code(person, letter)
    elif (
        not person.rated and person.wants.stars and person.reads(letter.body, "notice-rating-asked")
    ):
        person.rated = True
        person.between(60, 1800, lambda: _rate(person))
    elif person.waits and person.reads(letter.body, "notice-back-in-stock"):
        person.waits = False
        _come_back(person, letter)
    elif not person.retried and (pay := person.option(letter.body, "option-pay")):
        person.retried = True
        if person.random.random() < 0.6:
            person.did("paid again after a failure")
            person.between(20, 90, lambda: person.text(pay))


def _give_code(person: Person, letter: Letter) -> None:
    """It comes by SMS, and is typed wherever the order was made."""
    code = CODE.search(letter.body)
    if code is None:
        return
    dialled = isinstance(person.phone, Dialling) and person.phone.open
    say = person.say if dialled or not isinstance(person.phone, Dialling) else person.text
    person.did("paid from a wallet with a code")
    person.between(15, 60, lambda: say(code[0]))


def _come_back(person: Person, letter: Letter) -> None:
    """Some buy at once what they were told of."""
    buy = person.option(letter.body, "option-add-one")
    person.did("heard that it is back")
    if buy and person.done and person.random.random() < 0.7:
        person.did("put into the cart what is back")
        person.between(60, 900, lambda: person.text(buy))


def _do(person: Person, what: str) -> None:
    person.did(f"afterwards: {what}")
    person.text(person.words(what, person.order or ""))
    if what != "track":
        person.between(15, 60, lambda: _agree(person))


def _agree(person: Person) -> None:
    """To what is asked about a cancellation or a return: yes, or the first answer."""
    screen = person.phone.screen
    found = choices(screen)
    yes = person.option(screen, "option-yes", "option-return-all")
    if yes or (found and person.reads(screen, "return-why")):
        person.text(yes or found[0].typed)
        person.between(15, 60, lambda: _agree(person))


def _rate(person: Person) -> None:
    person.did("gave stars")
    person.text(str(person.wants.stars))
