"""How sure one must be before cart or money is touched."""

from intents.understanding import Understanding

# From here on a change of the cart, or a prompt for money, is made without asking back. A wrong and
# unconfirmed one is the worst fault there is, so this lies well above what other intents need.
SURE_TO_CHANGE = 0.7

# Somebody who was asked for an area or a number and says something else is taken at their word.
SURE_OF_TURNING_AWAY = 0.9


def sure(heard: Understanding) -> bool:
    return heard.confidence >= SURE_TO_CHANGE


def turns_away(heard: Understanding) -> bool:
    return heard.confidence >= SURE_OF_TURNING_AWAY
