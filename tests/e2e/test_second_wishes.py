"""What people say while something is asked of them: a number with the answer, or the contrary of it."""

from tests.e2e.house import House
from tests.e2e.trade import CUSTOMER


def test_three_of_the_5kg_are_three(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("i want rice", "which rice")
    assert "3 x Rice 5kg" in customer.say("3 of the 5kg", "added")


def test_out_with_it_is_no_yes_to_what_is_left(house: House) -> None:
    customer = house.sms(CUSTOMER)
    customer.say("3 sugar", "only 1 left")
    customer.say("remove the sugar", ".")
    assert "sugar" not in customer.say("cart", "empty").casefold()
