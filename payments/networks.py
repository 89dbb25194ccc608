"""Which mobile network a phone number belongs to, as far as its prefix tells.

Source of the prefixes: the `phonenumbers` library's carrier data (Google's libphonenumber), which also
says where people may take their number to another network. That list is behind the times: Tanzania has had
portability since 2017 and Côte d'Ivoire since 2018, Rwanda's networks called for tenders in March 2025
(mtn.co.rw), and Senegal and Gabon are from general knowledge, to be verified.

A number is refused for its prefix only where we are sure that none can have moved: Uganda, whose
parliament still asked for portability in March 2025 (pctechmag.com). Elsewhere a prefix at most says
whom to try first.
"""

from collections.abc import Collection

import phonenumbers

from flows.ports.payments import Fit

ALSO_PORTABLE = frozenset({"CI", "GA", "RW", "SN", "TZ"})
SURELY_NOT_PORTABLE = frozenset({"UG"})


def network_fit(phone: str, names: Collection[str]) -> Fit:
    """Whether an E.164 number is of one of these networks. `names` are single words of the networks'
    names, in any case: "MTN" is found in "MTN Cameroon". MAYBE for what is no number at all."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return Fit.MAYBE
    region = phonenumbers.region_code_for_number(number) or ""
    network = network_of(number)
    if not network or _portable(region):
        return Fit.MAYBE
    wanted = {name.casefold() for name in names}
    if wanted & set(network.casefold().split()):
        return Fit.OWN
    return Fit.NO if region in SURELY_NOT_PORTABLE else Fit.MAYBE


def network_of(number: phonenumbers.PhoneNumber) -> str:
    """The name of the network that the prefix was given to; "" where that is not known."""
    # Ten MiB of prefixes, which a worker hardly ever asks for.
    from phonenumbers import carrier

    return str(carrier.name_for_number(number, "en"))


def _portable(region: str) -> bool:
    known = phonenumbers.is_mobile_number_portable_region(region)
    return bool(known) or region in ALSO_PORTABLE
