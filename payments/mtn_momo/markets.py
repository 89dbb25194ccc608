"""MTN MoMo's markets, by the X-Target-Environment that names them.

Source: MTN MoMo developer documentation, "Common error codes", NOT_ALLOWED_TARGET_ENVIRONMENT.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers

from payments.transport import is_loopback

SANDBOX = "sandbox"

# The sandbox's made-up payers: MTN MoMo developer documentation, "Testing".
MAGIC_PAYER = re.compile(r"\+467331234(5\d|6[0-3])")


def is_made_up(phone: str) -> bool:
    """Whether an E.164 number is one of the sandbox's."""
    return MAGIC_PAYER.fullmatch(phone) is not None


@dataclass(frozen=True, slots=True)
class Market:
    country: str
    currency: str


MARKETS: Mapping[str, Market] = {
    "mtnbenin": Market("BJ", "XOF"),
    "mtncameroon": Market("CM", "XAF"),
    "mtncongo": Market("CG", "XAF"),
    "mtnghana": Market("GH", "GHS"),
    "mtnguineaconakry": Market("GN", "GNF"),
    "mtnivorycoast": Market("CI", "XOF"),
    "mtnliberia": Market("LR", "LRD"),
    "mtnnigeria": Market("NG", "NGN"),
    "mtnrwanda": Market("RW", "RWF"),
    "mtnsouthafrica": Market("ZA", "ZAR"),
    "mtnsouthsudan": Market("SS", "SSP"),
    "mtnswaziland": Market("SZ", "SZL"),
    "mtnuganda": Market("UG", "UGX"),
    "mtnzambia": Market("ZM", "ZMW"),
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an installation can serve: `markets`, and MTN's own sandbox on top of them."""

    markets: tuple[Market, ...]
    sandbox: bool = False

    def serves(self, country: str, currency: str) -> bool:
        if self.sandbox and currency == "EUR":
            return True
        return any(m.country == country and m.currency == currency for m in self.markets)

    def payer_ok(self, phone: str) -> bool:
        """Whether it is a valid number of a country in reach, whatever its network."""
        if self.sandbox and is_made_up(phone):
            return True
        try:
            number = phonenumbers.parse(phone)
        except phonenumbers.NumberParseException:
            return False
        if not phonenumbers.is_valid_number(number):
            return False
        region = phonenumbers.region_code_for_number(number)
        return any(market.country == region for market in self._payers)

    @property
    def _payers(self) -> tuple[Market, ...]:
        return tuple(MARKETS.values()) if self.sandbox else self.markets


def reach(target_environment: str, api_url: str) -> Reach:
    """MTN's sandbox knows euros only, and nothing is ever converted: there a shop that sells in
    anything else cannot use the rail. An emulator on this machine, though, plays every market, so
    that development runs in the currencies that shops really use (docs/adr/0007)."""
    if target_environment != SANDBOX:
        market = MARKETS.get(target_environment)
        return Reach((market,) if market else ())
    return Reach(tuple(MARKETS.values()) if is_loopback(api_url) else (), sandbox=True)
