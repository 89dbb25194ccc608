"""What can be made to go wrong in the lab, in the words of its panel."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from channels.emulated.road import LONGEST_HOLD

# The pauses, in seconds, after which an emulated provider brings again what was not answered. Twilio tries
# up to three times more where the webhook's address says `#rc=3&rp=all`, as the README has it (Twilio,
# "Webhook connection overrides"); Meta for up to 7 days, with growing pauses (360dialog, "Webhooks").
# The pauses here are those that one can wait for. Africa's Talking documents no second try, and MTN calls
# back once (MTN MoMo, "Callback").
AGAIN: Mapping[str, tuple[float, ...]] = {
    "twilio": (3.0, 3.0, 3.0),
    "meta": (3.0, 6.0, 12.0, 24.0),
}


class Side(StrEnum):
    """Where on the page a circuit stands."""

    IN = "in"
    OUT = "out"
    WALLET = "wallet"


@dataclass(frozen=True, slots=True)
class Switch:
    """`hint` is what one will see; `struck` begins a line of the log. `seconds` are proposed for those
    that take a time."""

    name: str
    label: str
    hint: str
    struck: str
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Circuit:
    """The switches of one thing that a provider does."""

    id: str
    provider: str
    side: Side
    label: str
    switches: tuple[Switch, ...]


TWICE = Switch("twice", "Deliver it twice", "One turn and one reply, as ever.", "Delivered twice")
LATE = Switch("late", "Deliver it late", "Answered when it comes.", "Delivered late", 5)
OVERTAKEN = Switch(
    "overtaken",
    "Let the next overtake it",
    f"Held back until another has passed, {LONGEST_HOLD:g} s at most.",
    "Held back",
)
GONE = Switch(
    "gone", "Lose it for good", "Nobody answers; its writer writes again.", "Lost for good"
)


def _lost(provider: str) -> Switch:
    again = AGAIN[provider][0]
    return Switch("lost", "Lose it on the way", f"Sent again after {again:g} s.", "Lost on the way")


# Every provider's; those that try again have one more.
MESSAGES = (GONE, TWICE, LATE, OVERTAKEN)
PAGES = (
    Switch("gone", "Lose it", "The phone shows an error. Dial again and go on.", "Lost on the way"),
    Switch("twice", "Deliver it twice", "The same page, not the next one.", "Delivered twice"),
    Switch("late", "Deliver it late", "The phone waits for its page.", "Delivered late", 3),
)
RECEIPTS = (
    Switch("gone", "Lose it", "The shop does not learn that it arrived.", "Lost on the way"),
    Switch("twice", "Deliver it twice", "Counted once.", "Delivered twice"),
    Switch("late", "Deliver it late", "The shop learns it late.", "Delivered late", 5),
    Switch(
        "overtaken", "Mix up their order", "“Sent” after “delivered” changes nothing.", "Held back"
    ),
)
CALLBACKS = (
    Switch("lost", "Lose it", "MTN calls once. We ask by ourselves.", "Lost on the way"),
    Switch("twice", "Call twice", "Paid once.", "Called twice"),
    Switch("late", "Call late", "We ask by ourselves, or wait.", "Called late", 8),
    Switch("lying", "Say the opposite", "Nobody believes it: MTN is asked.", "Said the opposite"),
)
SENDS = (
    Switch("slow", "Answer slowly", "Others do not wait for it.", "Answered slowly", 5),
    Switch("busy", "Ask to come back later", "429. Sent again after that.", "Answered 429", 5),
    Switch("broken", "Fail", "500. Sent again a little later.", "Answered 500"),
    Switch(
        "dropped",
        "Take it, then break the line",
        "Sent once more: it may arrive twice.",
        "Taken, line broken",
    ),
)
REQUESTS = (
    Switch("slow", "Answer slowly", "Others do not wait for it.", "Answered slowly", 5),
    Switch("busy", "Ask to come back later", "429. Asked again after that.", "Answered 429", 5),
    Switch("broken", "Fail", "500. Asked about, then asked again.", "Answered 500"),
    Switch(
        "dropped",
        "Take it, then break the line",
        "Asked about, never asked twice: one prompt.",
        "Taken, line broken",
    ),
)
WALLET = (
    Switch(
        "late",
        "Answer too late",
        "The shop gives up at once; the answer comes after that.",
        "Answered too late",
        10,
    ),
    Switch("twice", "Answer twice", "Paid once.", "Answered twice", 2),
    Switch("never", "Never answer", "The shop gives up, and says what to do.", "Never answered"),
)

CIRCUITS = (
    Circuit(
        "twilio-messages",
        "twilio",
        Side.IN,
        "WhatsApp and SMS by Twilio",
        (_lost("twilio"), *MESSAGES),
    ),
    Circuit("meta-messages", "meta", Side.IN, "WhatsApp by Meta", (_lost("meta"), *MESSAGES)),
    Circuit("africastalking-pages", "africastalking", Side.IN, "USSD by Africa's Talking", PAGES),
    Circuit(
        "africastalking-messages",
        "africastalking",
        Side.IN,
        "SMS by Africa's Talking",
        MESSAGES,
    ),
    Circuit("mtn-callbacks", "mtn-momo", Side.IN, "MTN's call after a prompt", CALLBACKS),
    Circuit("twilio-receipts", "twilio", Side.IN, "Receipts by Twilio", RECEIPTS),
    Circuit("meta-receipts", "meta", Side.IN, "Receipts by Meta", RECEIPTS),
    Circuit(
        "africastalking-receipts",
        "africastalking",
        Side.IN,
        "Receipts by Africa's Talking",
        RECEIPTS,
    ),
    Circuit("twilio-sends", "twilio", Side.OUT, "Messages to Twilio", SENDS),
    Circuit("meta-sends", "meta", Side.OUT, "Messages to Meta", SENDS),
    Circuit(
        "africastalking-sends", "africastalking", Side.OUT, "Messages to Africa's Talking", SENDS
    ),
    Circuit("mtn-requests", "mtn-momo", Side.OUT, "Money prompts to MTN", REQUESTS),
    Circuit("wallet", "mtn-momo", Side.WALLET, "The holder's answer", WALLET),
)


def circuits_of(providers: Collection[str]) -> Sequence[Circuit]:
    """Those of the providers that are emulated."""
    return [circuit for circuit in CIRCUITS if circuit.provider in providers]
