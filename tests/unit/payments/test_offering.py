"""In which order the ways to pay are offered."""

from dataclasses import dataclass, field

import pytest

from flows.money import Money
from flows.ports.payments import Fit, Way
from payments.cash import Cash
from payments.charge import Limits
from payments.taking.offering import offered
from payments.unable import Unable

MTN_NUMBER = "+256772123456"


@dataclass
class Network(Unable):
    """A rail that asks by prompt or link; `own` prefixes are its numbers, `maybe` may be."""

    name: str
    own: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    way: Way = Way.PROMPT
    most: Limits = field(default_factory=Limits)

    def fit(self, phone: str) -> Fit:
        if phone.startswith(self.own):
            return Fit.OWN
        return Fit.MAYBE if phone.startswith(self.maybe) else Fit.NO

    def limits(self, currency: str) -> Limits:
        return self.most


AIRTEL = Network("airtel", own=("+25670",), maybe=("+25675",))
MTN = Network("mtn-momo", own=("+25677",))
LINK = Network("flutterwave", way=Way.LINK)
ALL = (Cash(), AIRTEL, LINK, MTN)


def names(payer: str | None = MTN_NUMBER, last: str | None = None, *troubled: str) -> list[str]:
    found = offered(ALL, Money(48_000, "UGX"), payer, last, troubled)  # type: ignore[arg-type]
    return [option.name for option in found]


def test_the_network_of_the_number_comes_first_and_another_is_left_out() -> None:
    assert names() == ["mtn-momo", "flutterwave", "cash"]
    assert names("+256701234567") == ["airtel", "flutterwave", "cash"]


def test_what_was_used_last_comes_before_the_network() -> None:
    assert names(last="flutterwave") == ["flutterwave", "mtn-momo", "cash"]
    assert names(last="cash") == ["cash", "mtn-momo", "flutterwave"]


def test_what_is_in_trouble_comes_last_even_if_it_was_used_last() -> None:
    assert names(MTN_NUMBER, "mtn-momo", "mtn-momo") == ["flutterwave", "cash", "mtn-momo"]


def test_a_number_of_no_network_leaves_every_rail() -> None:
    assert set(names("+254722123456")) == {"airtel", "mtn-momo", "flutterwave", "cash"}
    assert set(names(None)) == {"airtel", "mtn-momo", "flutterwave", "cash"}


@pytest.mark.parametrize(
    ("limits", "there"),
    [
        (Limits(least=48_000), True),
        (Limits(least=48_001), False),
        (Limits(most=47_999), False),
        (Limits(multiple=500), True),
        (Limits(multiple=500_000), False),
    ],
)
def test_a_rail_that_takes_no_such_amount_is_left_out(limits: Limits, there: bool) -> None:
    rail = Network("mtn-momo", own=("+25677",), most=limits)
    found = offered([rail], Money(48_000, "UGX"), MTN_NUMBER, None)  # type: ignore[list-item]
    assert bool(found) == there
