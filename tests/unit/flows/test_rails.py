"""Which way to pay the words mean."""

import pytest

from flows.message import verbatim
from flows.ports.payments import RailOption, Way
from flows.rails import RAILS, rail_name, rails_meant

OPTIONS = (
    RailOption("mtn-momo", Way.PROMPT),
    RailOption("airtel", Way.PROMPT),
    RailOption("paystack", Way.LINK),
    RailOption("zuri-pay", Way.PROMPT),
    RailOption("cash", Way.CASH),
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("pay with MTN", ("mtn-momo",)),
        ("momo please", ("mtn-momo",)),
        ("lipa kwa airtel money", ("airtel",)),
        ("je paie par carte", ("paystack",)),
        ("send me the link", ("paystack",)),
        ("na pochi yangu", ("wallet",)),
        ("mtn or airtel?", ("mtn-momo", "airtel")),
        ("pay again", ()),
        ("smtng else", ()),
        ("cashew nuts", ()),
        ("", ()),
    ],
)
def test_words_name_ways(text: str, meant: tuple[str, ...]) -> None:
    assert rails_meant(text, OPTIONS) == meant


def test_a_rail_that_nobody_has_named_yet_goes_by_its_own_name() -> None:
    assert rails_meant("by Zuri-Pay please", OPTIONS) == ("zuri-pay",)
    assert rail_name("zuri-pay") == verbatim("zuri-pay")
    assert rail_name("airtel") is RAILS["airtel"]
