"""What can be made to go wrong in the lab, in the words of its panel."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from channels.emulated.road import LONGEST_HOLD

# The pauses, in seconds, after which an emulated provider brings again what was not answered. Twilio tries
# up to three times more where the webhook's address says `#rc=3&rp=all`, as the README has it (Twilio,
# "Webhook connection overrides"); Meta for up to 7 days, with growing pauses (360dialog, "Webhooks").
# Paystack calls again every 3 minutes, four times, and then hourly (Paystack, "Webhooks"); Flutterwave three
# times, every 30 minutes (Flutterwave, "Webhooks"). The pauses here are those that one can wait for. Africa's
# Talking and Airtel document no second try, and MTN calls back once (MTN MoMo, "Callback").
AGAIN: Mapping[str, tuple[float, ...]] = {
    "twilio": (3.0, 3.0, 3.0),
    "meta": (3.0, 6.0, 12.0, 24.0),
    "paystack": (3.0, 3.0, 3.0, 3.0),
    "flutterwave": (3.0, 3.0, 3.0),
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


LIED = "Said the opposite"
GONE_CALL = Switch("gone", "Lose it for good", "We ask by ourselves.", "Lost for good")

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
MONEY = (
    Switch("slow", "Answer slowly", "Others do not wait for it.", "Answered slowly", 5),
    Switch("busy", "Ask to come back later", "429. Asked again after that.", "Answered 429", 5),
    Switch("broken", "Fail", "500. Asked about, then asked again.", "Answered 500"),
    Switch("fell", "Take it, then fail", "500. Asked about: it was taken once.", "Taken, said 500"),
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
    Switch("other", "Pay half", "Not counted as paid: staff look at it.", "Paid half"),
    Switch(
        "back",
        "Pay, and have it taken back",
        "Found out when the books are compared.",
        "Paid, and taken back",
        5,
    ),
)

# The rails, by the names that people know them by.
RAILS: Mapping[str, str] = {
    "mtn-momo": "MTN MoMo",
    "airtel": "Airtel Money",
    "paystack": "Paystack",
    "flutterwave": "Flutterwave",
}
REQUESTS, CALLBACKS = "requests", "callbacks"
# Holders answer prompts of any rail.
HOLDERS = "wallet"


def circuit(rail: str, what: str) -> str:
    """The id of one of a rail's circuits: "mtn-requests"."""
    return f"{rail.partition('-')[0]}-{what}"


def _calls(rail: str) -> tuple[Switch, ...]:
    """What can happen to a rail's calls back."""
    name = RAILS[rail].partition(" ")[0]
    lost = Switch("lost", "Lose it", f"{name} calls once. We ask by ourselves.", "Lost on the way")
    losing = (lost,) if rail not in AGAIN else (_lost(rail), GONE_CALL)
    return (
        *losing,
        Switch("twice", "Call twice", "Paid once.", "Called twice"),
        Switch("late", "Call late", "We ask by ourselves, or wait.", "Called late", 8),
        Switch(
            "overtaken", "Let the next overtake it", "The order does not matter.", "Held back", 5
        ),
        Switch("lying", "Say the opposite", f"Nobody believes it: {name} is asked.", LIED),
    )


def _rail_circuits(side: Side) -> tuple[Circuit, ...]:
    if side is Side.IN:
        return tuple(
            Circuit(circuit(rail, CALLBACKS), rail, side, f"Calls by {name}", _calls(rail))
            for rail, name in RAILS.items()
        )
    return tuple(
        Circuit(circuit(rail, REQUESTS), rail, side, f"Money asked of {name}", MONEY)
        for rail, name in RAILS.items()
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
    *_rail_circuits(Side.IN),
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
    *_rail_circuits(Side.OUT),
    Circuit(HOLDERS, HOLDERS, Side.WALLET, "The holder's answer", WALLET),
)


def circuits_of(providers: Collection[str]) -> Sequence[Circuit]:
    """Those of the providers that are emulated."""
    there = {*providers, HOLDERS} if RAILS.keys() & set(providers) else set(providers)
    return [each for each in CIRCUITS if each.provider in there]
