"""The made-up people of the lab."""

import phonenumbers
import pytest

from bot.lab.phones import customers, is_phone, pretty
from flows.ports.payments import Fit
from payments.networks import network_fit

COUNTRIES = (
    *("UG", "RW", "KE", "TZ", "NG", "GH", "CM", "CI", "BJ", "ZM"),
    *("ZA", "SN", "ET", "SS", "LR", "CG", "CD", "MZ", "MW", "BI"),
)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_has_customers_with_valid_mobile_numbers(country: str) -> None:
    people = customers(country, ())
    assert len(people) == 3
    for phone in people:
        number = phonenumbers.parse(phone.number)
        assert phonenumbers.is_valid_number_for_region(number, country)


def test_a_number_that_belongs_to_the_shop_is_nobody_elses() -> None:
    first, second, third = customers("UG", ())
    numbers = {phone.number for phone in customers("UG", {first.number})}
    assert first.number not in numbers
    assert {second.number, third.number} <= numbers


def test_a_country_that_is_none_has_no_customers() -> None:
    assert customers("ZZ", ()) == ()


@pytest.mark.parametrize("text", ["", "hello", "0712345678", "+256", "+2567123456789012"])
def test_what_is_no_number_is_not_taken_for_one(text: str) -> None:
    assert not is_phone(text)


def test_numbers_are_shown_in_groups() -> None:
    assert pretty("+256762345111") == "+256 762 345111"
    assert pretty("SOKONI") == "SOKONI"


def test_customers_are_on_the_networks_that_are_played() -> None:
    amina, kwame, grace = (phone.number for phone in customers("UG", ()))
    assert [network_fit(number, ("MTN",)) for number in (amina, kwame, grace)] == [
        Fit.OWN,
        Fit.NO,
        Fit.OWN,
    ]
    assert network_fit(kwame, ("Airtel",)) is Fit.OWN
