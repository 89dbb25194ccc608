"""Stars, as customers give and read them."""

from dataclasses import replace

import pytest

from flows.heard import Choice
from flows.ports.orders import OrderStatus
from flows.ports.ratings import Average, Rating
from intents.intent import Intent
from intents.wish import Wish, Wished
from tests.fakes.conversation import Conversation, item, said
from tests.fakes.ports import FakeShop, an_order


@pytest.fixture
def talk() -> Conversation:
    shop = FakeShop()
    shop.orders.placed[1001] = an_order(1001, status=OrderStatus.DELIVERED)
    return Conversation(shop)


def given(talk: Conversation) -> Rating:
    return talk.shop.ratings.given[1001]


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5])
def test_the_number_on_the_list_is_the_number_of_stars(talk: Conversation, stars: int) -> None:
    talk.say(Intent.REVIEW, order=1001)
    assert talk.options[stars - 1] == f"stars-{stars}:1001"
    talk.choose(f"stars-{stars}:1001")
    assert given(talk).stars == stars
    assert talk.keys[0] == "rating-thanks"


def test_words_are_welcome_and_not_needed(talk: Conversation) -> None:
    talk.hear(Choice("stars-4:1001"))
    assert talk.state == "rating-words"
    talk.write("a bit late")
    assert given(talk) == Rating(1001, 4, "a bit late")
    talk.hear(Choice("stars-5:1001"))
    talk.choose("rating-done")
    assert (given(talk), talk.state) == (Rating(1001, 5, ""), "home")


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("5 very good", Rating(1001, 5, "very good")),
        ("4/5, late", Rating(1001, 4, "late")),
        ("3 stars. so so", Rating(1001, 3, "so so")),
        ("1: it was broken", Rating(1001, 1, "it was broken")),
    ],
)
def test_stars_with_a_word_answer_the_question(
    talk: Conversation, text: str, rating: Rating
) -> None:
    talk.shop.ratings.waits = 1001
    talk.say(Intent.OUT_OF_SCOPE, text=text, confidence=0.3)
    assert given(talk) == rating


def test_the_same_words_unasked_are_nothing_of_the_sort(talk: Conversation) -> None:
    talk.say(Intent.OUT_OF_SCOPE, text="5 very good", confidence=0.3)
    assert talk.shop.ratings.given == {}


def test_goods_that_are_named_are_goods(talk: Conversation) -> None:
    talk.shop.ratings.waits = 1001
    talk.say(Intent.ADD_TO_CART, item("milk", 5), text="5 fresh milk")
    assert talk.shop.ratings.given == {}
    assert talk.shop.cart.quantities == {"milk": 5}


def test_who_says_it_by_themselves_is_understood(talk: Conversation) -> None:
    talk.say(Intent.REVIEW, text="5 stars, fresh")
    assert given(talk) == Rating(1001, 5, "fresh")


def test_only_what_arrived_is_rated(talk: Conversation) -> None:
    talk.shop.orders.update(1001, status=OrderStatus.SHIPPED)
    talk.say(Intent.REVIEW, text="5 stars")
    assert talk.keys[0] == "refused-wrong-step"
    talk.shop.orders.placed.clear()
    talk.say(Intent.REVIEW, text="5 stars")
    assert talk.keys[0] == "refused-nothing-to-rate"


def test_too_few_stars_are_not_shown(talk: Conversation) -> None:
    talk.hear(said(Intent.OUT_OF_SCOPE, confidence=0.2, wish=Wished(Wish.REVIEWS)))
    assert talk.keys == ("reviews-few",)


def test_what_others_say_is_shown_with_how_many_they_are(talk: Conversation) -> None:
    talk.shop.info = replace(talk.shop.info, rating=Average(46, 12))
    talk.shop.ratings.given[1001] = Rating(1001, 5, "fresh")
    talk.hear(said(Intent.OUT_OF_SCOPE, confidence=0.2, wish=Wished(Wish.REVIEWS)))
    assert talk.keys == ("reviews-average", "reviews-words", "review-line", "verbatim")
    assert talk.reply.messages[0].count == 12


def test_a_product_shows_its_stars(talk: Conversation) -> None:
    milk = talk.shop.catalogue.products_by_sku["milk"]
    talk.shop.catalogue.products_by_sku["milk"] = replace(milk, rating=Average(46, 3))
    talk.hear(Choice("product:milk"))
    assert "product-rated" in talk.keys


@pytest.mark.parametrize(
    ("stars", "count", "shown"),
    [(10, 2, None), (15, 3, "5.0"), (14, 3, "4.7"), (11, 4, "2.8"), (3, 3, "1.0")],
)
def test_an_average_is_shown_from_three_on(stars: int, count: int, shown: str | None) -> None:
    average = Average.of(stars, count)
    assert (average.written if average else None) == shown


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("five stars", Rating(1001, 5, "")),
        ("two stars for the wet rice", Rating(1001, 2, "two stars for the wet rice")),
    ],
)
def test_stars_said_in_words_are_kept(talk: Conversation, text: str, rating: Rating) -> None:
    talk.say(Intent.REVIEW, text=text)
    assert given(talk) == rating
