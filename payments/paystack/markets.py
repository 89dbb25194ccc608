"""Paystack's markets: how one pays in each, and which wallets it can charge there.

Sources: Paystack documentation, "Payment channels", Mobile Money (wallets per country, as copied in
public SDKs: mtn, atl and vod for Ghana; mpesa and atl for Kenya; orange and mtn for Cote d'Ivoire; wave
has no numbers of its own and is left out). "Transfers", create recipient: MTN, ATL and VOD for Ghana,
MPESA for Kenya. "Resolve account number" for Ghana's wallets: from general knowledge, to be verified.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import phonenumbers

from flows.ports.payments import Way
from payments.networks import network_of


@dataclass(frozen=True, slots=True)
class Market:
    """`wallets`: carrier, as phonenumbers names it -> Paystack's provider code. `banks`: that code ->
    the bank code of a transfer's recipient. `abroad`: wallets are charged by +254..., elsewhere as the
    country writes its numbers."""

    currency: str
    way: Way
    wallets: Mapping[str, str] = field(default_factory=dict)
    banks: Mapping[str, str] = field(default_factory=dict)
    abroad: bool = False
    names: bool = False


MARKETS: Mapping[str, Market] = {
    "NG": Market("NGN", Way.LINK),
    "ZA": Market("ZAR", Way.LINK),
    "GH": Market(
        "GHS",
        Way.PROMPT,
        {"MTN": "mtn", "Telecel": "vod", "Vodafone": "vod", "at": "atl", "AirtelTigo": "atl"},
        {"mtn": "MTN", "vod": "VOD", "atl": "ATL"},
        names=True,
    ),
    "KE": Market(
        "KES",
        Way.PROMPT,
        {"Safaricom": "mpesa", "Airtel": "atl"},
        {"mpesa": "MPESA"},
        abroad=True,
    ),
    "CI": Market("XOF", Way.PROMPT, {"MTN": "mtn", "Orange": "orange"}),
}


@dataclass(frozen=True, slots=True)
class Wallet:
    """A wallet as Paystack is told of it."""

    number: str
    provider: str


def wallet_of(country: str, phone: str) -> Wallet | None:
    """The wallet of this E.164 number; None where Paystack can charge none. The network is read off the
    prefix: a number that was ported is refused by the wrong one, and its holder told to use another."""
    market = MARKETS.get(country)
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return None
    if market is None or not phonenumbers.is_valid_number(number):
        return None
    if phonenumbers.region_code_for_number(number) != country:
        return None
    provider = market.wallets.get(network_of(number))
    if provider is None:
        return None
    style = phonenumbers.PhoneNumberFormat
    if market.abroad:
        return Wallet(phonenumbers.format_number(number, style.E164), provider)
    written = phonenumbers.format_number(number, style.NATIONAL)
    return Wallet("".join(filter(str.isdigit, written)), provider)
