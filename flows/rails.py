"""What people call the ways to pay."""

from collections.abc import Mapping

from flows.message import Message, verbatim

RAILS: Mapping[str, Message] = {
    "mtn-momo": Message("rail-mtn-momo"),
    "airtel": Message("rail-airtel"),
    "paystack": Message("rail-paystack"),
    "flutterwave": Message("rail-flutterwave"),
    "cash": Message("rail-cash"),
    "wallet": Message("rail-wallet"),
}


def rail_name(rail: str) -> Message:
    """What people call it; a rail without a row by its own name."""
    return RAILS.get(rail) or verbatim(rail)
