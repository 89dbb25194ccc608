"""The conventions of a frame (design, section 8), one by one."""

from decimal import Decimal

import pytest

from intents.intent import Intent
from intents.understanding import Action, Asked, Item, Understanding
from tests.unit.intents.conftest import Understand


def brief(understood: Understanding) -> list[tuple[str | None, str | None, str | None]]:
    """Each item as (sku, quantity, unit)."""
    return [
        (i.sku, f"{i.quantity.normalize():f}" if i.quantity is not None else None, i.unit)
        for i in understood.items
    ]


@pytest.mark.parametrize(
    ("text", "sku"),
    [
        ("rice", "RICE"),
        ("rice 5kg", "RICE-5"),
        ("5 kg rice", "RICE-5"),
        ("5000g rice", "RICE-5"),
        ("rice 25 kilos", "RICE-25"),
        ("suger", "SUGAR"),
        ("indomi", "INDOMIE-CHICKEN"),
        ("indomie onions", "INDOMIE-ONION"),
        ("cocacola", "COKE"),
        ("blueband", "BLUE-BAND"),
        ("tomatoe paste", "TOMATO-PASTE"),
        ("tomatos", "TOMATO"),
        ("cooking oil 3 litres", "OIL-3"),
        ("red dress", "DRESS-RED-M"),
        ("tecno spark 20", "SPARK-20"),
        ("7up", "7UP"),
        ("samsung a14", "A14"),
        ("samsung a 14", "A14"),
        ("mchele", "RICE"),
    ],
)
def test_a_name_alone_is_looked_for(understand: Understand, text: str, sku: str) -> None:
    understood = understand(text)
    assert (understood.intent, brief(understood)) == (Intent.SEARCH, [(sku, None, None)])


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("milk", {"MILK", "MILK-POWDER"}),
        ("beans", {"BEANS-RED", "BEANS-YELLOW"}),
        ("tecno spark", {"SPARK-10", "SPARK-20"}),
        ("blue dress", {"DRESS-BLUE-M", "DRESS-BLUE-L"}),
        ("rice 10kg", {"RICE-5", "RICE-25"}),
        ("pilau rice", {"RICE"}),
        ("samsung a15", {"A14"}),
    ],
)
def test_what_fits_several_or_none_quite_is_asked_about(
    understand: Understand, text: str, candidates: set[str]
) -> None:
    (item,) = understand(text).items
    assert item.sku is None
    assert set(item.candidates) == candidates


def test_the_sellers_own_alias_points_at_one_of_several(understand: Understand) -> None:
    assert brief(understand("indomie")) == [("INDOMIE-CHICKEN", None, None)]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("2 rice", [("RICE", "2", None)]),
        ("rice 2", [("RICE", "2", None)]),
        ("rice x3", [("RICE", "3", None)]),
        ("3x sugar", [("SUGAR", "3", None)]),
        ("a coke please", [("COKE", "1", None)]),
        ("half kilo sugar", [("SUGAR", "0.5", "kilo")]),
        ("1/2 kg sugar", [("SUGAR", "0.5", "kg")]),
        ("sugar 2kg", [("SUGAR", "2", "kg")]),
        ("a dozen eggs", [("EGGS", "12", None)]),
        ("2 trays of eggs", [("EGGS", "2", "trays")]),
        ("two bags of rice 25kg", [("RICE-25", "2", "bags")]),
        ("2 5kg rice", [("RICE-5", "2", None)]),
        ("rice 5kg x2", [("RICE-5", "2", None)]),
        ("2 tecno spark 10", [("SPARK-10", "2", None)]),
        ("2 7up", [("7UP", "2", None)]),
        ("2 samsung a14", [("A14", "2", None)]),
        ("samsung A 14 x2", [("A14", "2", None)]),
        ("3 coke 500ml", [("COKE", "3", None)]),
        ("rice 2 sugar 3", [("RICE", "2", None), ("SUGAR", "3", None)]),
        (
            "2 rice 3 sugar 1 bread",
            [("RICE", "2", None), ("SUGAR", "3", None), ("BREAD", "1", None)],
        ),
        (
            "add 2 rice, 3 kg sugar and a coke",
            [("RICE", "2", None), ("SUGAR", "3", "kg"), ("COKE", "1", None)],
        ),
        (
            "hello madam, abeg give me 2 bags of rice and bread",
            [("RICE", "2", "bags"), ("BREAD", None, None)],
        ),
    ],
)
def test_goods_with_quantities_are_ordered(
    understand: Understand, text: str, items: list[tuple[str, str | None, str | None]]
) -> None:
    understood = understand(text)
    assert (understood.intent, brief(understood)) == (Intent.ADD_TO_CART, items)


def test_what_the_shop_does_not_have_is_still_mentioned(understand: Understand) -> None:
    first, second = understand("3 flobbers and 2 rice").items
    assert first == Item("flobbers", None, Decimal(3))
    assert second.sku == "RICE"


@pytest.mark.parametrize(
    ("text", "context", "items"),
    [
        (
            "not the 5kg, the 25kg",
            {"last_sku": "RICE-5", "in_cart": ("RICE-5",)},
            [("RICE-5", "0", None), ("RICE-25", None, None)],
        ),
        (
            "not the 5kg rice, the 25kg",
            {},
            [("RICE-5", "0", None), ("RICE-25", None, None)],
        ),
        ("change rice to bread", {}, [("RICE", "0", None), ("BREAD", None, None)]),
        ("2 bread instead of rice", {}, [("RICE", "0", None), ("BREAD", "2", None)]),
        ("swap sugar with bread", {}, [("SUGAR", "0", None), ("BREAD", None, None)]),
        ("change rice to 3", {}, [("RICE", "3", None)]),
        ("reduce the rice to 1", {}, [("RICE", "1", None)]),
        ("make it 5", {"last_sku": "SUGAR"}, [("SUGAR", "5", None)]),
        ("i said 3 not 2", {"last_sku": "SUGAR"}, [("SUGAR", "3", None)]),
    ],
)
def test_changes_and_swaps_update_the_cart(
    understand: Understand,
    text: str,
    context: dict[str, object],
    items: list[tuple[str, str | None, str | None]],
) -> None:
    understood = understand(text, **context)
    assert (understood.intent, brief(understood)) == (Intent.UPDATE_CART, items)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("minus two", [("SUGAR", "2", None)]),
        ("remove 2 rice", [("RICE", "2", None)]),
        ("take out one bread", [("BREAD", "1", None)]),
        ("comot the sugar abeg", [("SUGAR", None, None)]),
        ("remove it", [("SUGAR", None, None)]),
    ],
)
def test_taking_some_away_removes_that_many(
    understand: Understand, text: str, items: list[tuple[str, str | None, str | None]]
) -> None:
    understood = understand(text, last_sku="SUGAR")
    assert (understood.intent, brief(understood)) == (Intent.REMOVE_FROM_CART, items)


def test_the_first_of_two_actions_is_the_frame_and_the_other_stands_beside(
    understand: Understand,
) -> None:
    understood = understand("remove the rice and add 2 bread")
    assert understood.intent is Intent.REMOVE_FROM_CART
    assert brief(understood) == [("RICE", None, None)]
    assert understood.also == (Action(Intent.ADD_TO_CART, (Item("bread", "BREAD", Decimal(2)),)),)


def test_manners_beside_a_wish_are_no_action(understand: Understand) -> None:
    understood = understand("good morning, please add 2 sugar")
    assert (understood.intent, understood.also) == (Intent.ADD_TO_CART, ())


@pytest.mark.parametrize(
    ("asked", "text", "context", "intent", "items"),
    [
        (Asked.QUANTITY, "two", {"last_sku": "SUGAR"}, Intent.ADD_TO_CART, ("SUGAR", "2", None)),
        (
            Asked.QUANTITY,
            "2",
            {"last_sku": "SUGAR", "in_cart": ("SUGAR",)},
            Intent.UPDATE_CART,
            ("SUGAR", "2", None),
        ),
        (Asked.QUANTITY, "5kg", {"last_sku": "RICE"}, Intent.ADD_TO_CART, ("RICE-5", None, None)),
        (
            Asked.QUANTITY,
            "half kg please",
            {"last_sku": "SUGAR"},
            Intent.ADD_TO_CART,
            ("SUGAR", "0.5", "kg"),
        ),
    ],
)
def test_a_bare_number_answers_how_many(
    understand: Understand,
    asked: Asked,
    text: str,
    context: dict[str, object],
    intent: Intent,
    items: tuple[str, str | None, str | None],
) -> None:
    understood = understand(text, asked=asked, **context)
    assert (understood.intent, brief(understood)) == (intent, [items])
    assert understood.confidence > 0.9


def test_a_bare_number_that_nobody_asked_for_is_no_order(understand: Understand) -> None:
    assert understand("2", last_sku="SUGAR").confidence < 0.5


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Kamwokya", "Kamwokya"),
        ("deliver to Kamwokya near the mosque please", "Kamwokya near the mosque"),
        ("i am in Ntinda", "Ntinda"),
        ("my area is East Legon", "East Legon"),
        ("Rubaga road, opposite Total", "Rubaga road, opposite Total"),
        ("cancel my order", None),
        ("help", None),
    ],
)
def test_a_place_answers_where_to(understand: Understand, text: str, area: str | None) -> None:
    assert understand(text, asked=Asked.AREA).area == area


def test_a_question_about_delivery_carries_its_place(understand: Understand) -> None:
    understood = understand("how much is delivery to Ntinda today?")
    assert (understood.intent, understood.area) == (Intent.ASK_DELIVERY, "Ntinda")


@pytest.mark.parametrize(
    ("text", "country", "phone"),
    [
        ("0772 123 456", "UG", "+256772123456"),
        ("use this 0803 456 7890", "NG", "+2348034567890"),
        ("+254 712 345678 please", "UG", "+254712345678"),
        ("12345678", "UG", None),
    ],
)
def test_phone_numbers_are_read_as_the_countrys(
    understand: Understand, text: str, country: str, phone: str | None
) -> None:
    understood = understand(text, asked=Asked.PHONE, country=country)
    assert (understood.phone, understood.order) == (phone, None)


@pytest.mark.parametrize(
    ("text", "intent", "order"),
    [
        ("where is order 1003", Intent.TRACK_ORDER, 1003),
        ("#1003", Intent.TRACK_ORDER, 1003),
        ("cancel order no. 1003", Intent.CANCEL_ORDER, 1003),
        ("receipt for 1003", Intent.RECEIPT, 1003),
        ("i want to buy 2000 coke", Intent.ADD_TO_CART, None),
    ],
)
def test_order_numbers(
    understand: Understand, text: str, intent: Intent, order: int | None
) -> None:
    understood = understand(text)
    assert (understood.intent, understood.order) == (intent, order)


@pytest.mark.parametrize(
    ("text", "coupon"),
    [
        ("use SAVE10", "SAVE10"),
        ("apply coupon welcome", "WELCOME"),
        ("my promo code is: eid2024", "EID2024"),
        ("i have a coupon", None),
        ("add 2 rice", None),
    ],
)
def test_coupons(understand: Understand, text: str, coupon: str | None) -> None:
    assert understand(text).coupon == coupon


@pytest.mark.parametrize(
    ("text", "intent", "amount"),
    [
        ("can you do 45k for the rice", Intent.NEGOTIATE, "45000"),
        ("i will give you 5000 for the coke", Intent.NEGOTIATE, "5000"),
        ("top up 5000", Intent.TOP_UP, "5000"),
        ("withdraw UGX 50,000", Intent.WITHDRAW, "50000"),
        ("i have sent 48,000/= for order 1003", Intent.PAID_ALREADY, "48000"),
        ("give me sugar of 2000", Intent.ADD_TO_CART, "2000"),
        ("2 rice", Intent.ADD_TO_CART, None),
    ],
)
def test_sums_of_money(
    understand: Understand, text: str, intent: Intent, amount: str | None
) -> None:
    understood = understand(text)
    assert understood.intent is intent
    assert understood.amount == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("french please", "fr"),
        ("Kiswahili", "sw"),
        ("can we speak english", "en"),
        ("luganda", "lg"),
    ],
)
def test_asking_for_a_language(understand: Understand, text: str, locale: str) -> None:
    understood = understand(text)
    assert (understood.intent, understood.locale_change) == (Intent.CHANGE_LANGUAGE, locale)


@pytest.mark.parametrize(
    "text", ["i want 2 of the 5kg", "2 of the 5kg", "give me 2 of the 5kg ones"]
)
def test_some_of_a_size_are_so_many_of_the_kin_of_that_size(
    understand: Understand, text: str
) -> None:
    """Otherwise one is put into the cart of somebody who asked for two."""
    assert brief(understand(text, last_sku="RICE")) == [("RICE-5", "2", None)]


@pytest.mark.parametrize("text", ["take it", "ok i take it", "I'll take it"])
def test_taking_it_is_buying_and_not_taking_away(understand: Understand, text: str) -> None:
    assert understand(text, last_sku="SUGAR").intent is Intent.ADD_TO_CART
