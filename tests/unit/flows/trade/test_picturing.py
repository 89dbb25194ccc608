"""A photo from the seller, and what is written under it."""

from decimal import Decimal
from typing import cast

import pytest

from flows.heard import Attachment, MediaKind
from intents.listing import Listing
from tests.fakes.stall import FakeStall
from tests.fakes.trade import FakeTrade
from tests.fakes.trade_talk import Phone, sentence

GOWN = Listing("Ankara gown", Decimal(15000), 5)


@pytest.fixture
def stall(seller: Phone) -> FakeStall:
    return cast(FakeStall, seller.ports.stall)


def photo(caption: str = "") -> Attachment:
    return Attachment(MediaKind.PICTURE, caption=caption, media="4471")


@pytest.mark.parametrize("under", ["Ankara gown 15000 x5", "ADD Ankara gown 15000 x5"])
def test_with_a_price_it_is_something_new(seller: Phone, stall: FakeStall, under: str) -> None:
    said = seller.send(photo(under))
    assert stall.done == [("add", GOWN), ("picture", "ankara-gown", "4471")]
    assert "see your photo" in said


@pytest.mark.parametrize("under", ["Rice 5kg", "rice-5kg", "PICTURE rice 5kg", "photo Rice 5kg"])
def test_with_a_name_that_the_shop_knows_it_is_of_that(
    seller: Phone, stall: FakeStall, under: str
) -> None:
    assert "see your photo" in seller.send(photo(under))
    ((done, sku, media),) = stall.done
    assert (done, media) == ("picture", "4471")
    assert sku.startswith("rice")


def test_where_the_name_is_taken_the_photo_waits_for_the_answer(
    seller: Phone, stall: FakeStall, trade: FakeTrade
) -> None:
    stall.taken["Ankara gown"] = "rice-5kg"
    assert "already sell" in seller.send(photo("Ankara gown 15000 x5"))
    seller.press(1)
    assert stall.done == [("show", "rice-5kg"), ("picture", "rice-5kg", "4471")]


def test_without_words_it_is_asked_what_it_is(seller: Phone, stall: FakeStall) -> None:
    assert "What is in the photo" in seller.send(photo())
    seller.send(sentence("something nice"))
    assert stall.done == []
    seller.send(sentence("Ankara gown 15000 x5"))
    assert stall.done == [("add", GOWN), ("picture", "ankara-gown", "4471")]


def test_goods_that_may_be_meant_are_offered(seller: Phone, stall: FakeStall) -> None:
    said = seller.send(photo("beans"))
    assert "What is in the photo" in said
    seller.press(1)
    ((done, sku, media),) = stall.done
    assert (done, media) == ("picture", "4471")
    assert sku.startswith("beans")


def test_a_photo_may_be_left_alone(seller: Phone, stall: FakeStall) -> None:
    seller.send(photo())
    assert "nobody will see" in seller.press(1)
    assert stall.done == []


def test_the_word_alone_says_how(seller: Phone, stall: FakeStall) -> None:
    assert "under it" in seller.say("PICTURE gown")
    assert stall.done == []


def test_a_photo_that_cannot_be_fetched_is_no_photo(seller: Phone, stall: FakeStall) -> None:
    assert "only read words" in seller.send(Attachment(MediaKind.PICTURE, caption="Rice 5kg"))
    assert stall.done == []
