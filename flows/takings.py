"""What sellers and riders say and hear when they take their money out: an amount, a code, what follows."""

from decimal import Decimal
from typing import Any

from flows.figures import read_shelving
from flows.message import Clock, Message
from flows.ports.refusals import BadAmount
from flows.ports.wallet import CodeSent, Payout, PayoutStatus
from flows.reply import Option
from intents.command import Command

# A code is sent again, or its money stays where it is.
AGAIN = Option("new-code", Message("option-new-code"))
LEAVE = Option("leave", Message("option-not-now"))

DIGITS = 6


def wanted(command: Command) -> Decimal | BadAmount | None:
    """The amount beside PAYOUT, in major units; None where there is none: all of it."""
    said = read_shelving(command)
    if said.figure is None and not said.goods:
        return None
    if said.figure is None or said.goods or said.sign:
        return BadAmount(command.rest)
    return said.figure


def code_sent(sent: CodeSent) -> Message:
    """Where the code is, and what for."""
    facts: dict[str, Any] = {"amount": sent.amount, "phone": sent.phone, "until": Clock(sent.until)}
    if sent.payee is not None:
        told = Message("payout-code-payee", payee=sent.payee, **facts)
        return Message("payout-fee", told=told, fee=sent.fee) if sent.fee else told
    if sent.fee:
        return Message("payout-code-fee", fee=sent.fee, **facts)
    return Message("payout-code", **facts)


def begun(payout: Payout) -> Message:
    """Said at once; how it ended is an SMS of its own."""
    key = "payout-waits" if payout.status is PayoutStatus.APPROVAL else "payout-begun"
    return Message(key, amount=payout.amount, phone=payout.phone)
