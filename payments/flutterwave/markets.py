"""Where Flutterwave takes money, and how its transfers name a wallet's network.

Source: Flutterwave v3 documentation, "Payment Methods" and "Mobile Money Transfer" (networks per
country).
"""

from collections.abc import Mapping

import phonenumbers

from payments.networks import network_of

CURRENCIES: Mapping[str, str] = {
    "BF": "XOF",
    "CI": "XOF",
    "CM": "XAF",
    "GH": "GHS",
    "KE": "KES",
    "MW": "MWK",
    "NG": "NGN",
    "RW": "RWF",
    "SN": "XOF",
    "TZ": "TZS",
    "UG": "UGX",
    "ZA": "ZAR",
    "ZM": "ZMW",
}

# One code serves every network of the country.
ONE_CODE: Mapping[str, str] = {"CI": "FMM", "KE": "MPS", "UG": "MPS", "ZM": "MPS"}

# A word of the network's name -> its code. Who took a number elsewhere keeps the old name here; then
# the transfer fails and the money comes back.
NETWORKS: Mapping[str, Mapping[str, str]] = {
    "CM": {"mtn": "MTN", "orange": "ORANGEMONEY"},
    "GH": {"mtn": "MTN", "vodafone": "VODAFONE", "telecel": "VODAFONE", "airtel": "AIRTELTIGO"},
    "RW": {"mtn": "MTN", "airtel": "AIRTEL"},
    "SN": {"orange": "ORANGEMONEY"},
    "TZ": {"airtel": "AIRTEL", "halotel": "HALOPESA", "tigo": "TIGO", "vodacom": "VODACOM"},
}


def country_of(phone: str) -> str | None:
    """The country of an E.164 number, where it is one."""
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return None


def bank_of(phone: str) -> str | None:
    """The `account_bank` of an E.164 number's wallet; None where no wallet can be reached."""
    country = country_of(phone) or ""
    if country in ONE_CODE:
        return ONE_CODE[country]
    words = NETWORKS.get(country)
    if not words:
        return None
    name = network_of(phonenumbers.parse(phone)).lower()
    return next((code for word, code in words.items() if word in name), None)
