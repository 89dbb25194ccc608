"""Airtel Money's markets, by the X-Country and X-Currency that every request names.

Sources: Airtel Africa developer documentation, "Collection-APIs", headers X-Country and X-Currency; the
list of countries from general knowledge of where Airtel Money is, to be verified per account: ROUTER005
and ROUTER007 say that an account is not let into a country.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import phonenumbers

from payments.transport import is_loopback


@dataclass(frozen=True, slots=True)
class Market:
    """A country (ISO 3166) and its currency (ISO 4217)."""

    country: str
    currency: str


MARKETS: Mapping[str, Market] = {
    country: Market(country, currency)
    for country, currency in (
        ("CD", "CDF"),
        ("CG", "XAF"),
        ("GA", "XAF"),
        ("KE", "KES"),
        ("MG", "MGA"),
        ("MW", "MWK"),
        ("NE", "XOF"),
        ("NG", "NGN"),
        ("RW", "RWF"),
        ("SC", "SCR"),
        ("TD", "XAF"),
        ("TZ", "TZS"),
        ("UG", "UGX"),
        ("ZM", "ZMW"),
    )
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an account can serve: its `home`, None where no such market is known. `everywhere`: an
    emulator plays all of them."""

    home: Market | None
    everywhere: bool = False

    @property
    def markets(self) -> tuple[Market, ...]:
        if self.everywhere:
            return tuple(MARKETS.values())
        return (self.home,) if self.home else ()

    def serves(self, country: str, currency: str) -> bool:
        return Market(country, currency) in self.markets

    def serves_in(self, country: str) -> bool:
        return any(market.country == country for market in self.markets)

    def market_of(self, phone: str) -> Market | None:
        """The market of this E.164 number, where it is a valid one of ours."""
        try:
            number = phonenumbers.parse(phone)
        except phonenumbers.NumberParseException:
            return None
        if not phonenumbers.is_valid_number(number):
            return None
        market = MARKETS.get(phonenumbers.region_code_for_number(number) or "")
        return market if market in self.markets else None


def reach(country: str, api_url: str) -> Reach:
    """Airtel gives every country an account and an address of its own. An emulator on this machine plays
    every market, so that development runs in the currencies that shops really use."""
    home = MARKETS.get(country.upper())
    return Reach(home, everywhere=home is not None and is_loopback(api_url))


def national(phone: str) -> str:
    """An E.164 number without its country code: "752604392".

    Source: "Collection-APIs", USSD Push: "Do not send country code in msisdn"."""
    return phonenumbers.national_significant_number(phonenumbers.parse(phone))
