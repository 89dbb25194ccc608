"""What is said of a number that an owner wants for the shop's money: in the talk, and in an SMS."""

from flows.message import Message
from flows.ports.payout_number import Naming, ProposedNumber
from flows.rails import rail_name

# The options under whose number it is; their argument is the proposal's id.
YES, NO = "number-yes", "number-no"


def about(proposed: ProposedNumber) -> Message:
    """Whose it is, as far as the rail says."""
    rail, phone = rail_name(proposed.rail), proposed.phone
    if proposed.holder is not None and proposed.naming is Naming.NAMED:
        return Message("payout-number-named", rail=rail, phone=phone, holder=proposed.holder)
    return Message(f"payout-number-{proposed.naming}", rail=rail, phone=phone)
