"""A seller's photo, from the phone that took it to the customer's screen."""

from collections.abc import Callable

import pytest
import requests
from sqlalchemy import select

from bot.cli.books import load_shops
from bot.maintenance import tidy
from channels.channel import Medium
from channels.emulated import Kept, Mishap
from channels.meta.emulator import Who
from store.models import PictureRow, ShopRow
from tests.e2e.house import SHOPS, House, eventually
from tests.e2e.meta_phone import MAMA, MetaPhone
from tests.fakes.photos import photo

NJERI, ZURI = "+256772100001", "+256772910002"
SELLER = Who(NJERI, "UG.13491208655302741918", "Njeri")
CUSTOMER = Who(ZURI, "UG.77491208655302741977", "Zuri")
OPENS, SELLS = "100000000000009", "100000000000008"
JPEG = Kept(photo())


def picture_of(house: House, sku: str, status: str = "kept") -> PictureRow:
    """The row of a product's picture, once it has come so far."""
    wanted = select(PictureRow).where(PictureRow.sku == sku, PictureRow.status == status)
    return eventually(
        lambda: house.in_books(lambda session: session.scalars(wanted).first()), f"{status} {sku}"
    )


def fetched(house: House, sku: str) -> requests.Response:
    return requests.get(f"{house.url}/pictures/{picture_of(house, sku).name}.jpg", timeout=10)


def seller_at(house: House) -> MetaPhone:
    return MetaPhone(house, SELLER)


def test_a_photo_with_a_price_under_it_is_on_sale_and_seen(house: House) -> None:
    seller, customer = seller_at(house), MetaPhone(house, CUSTOMER)
    house.meta.send_picture(SELLER, MAMA, JPEG, "Ankara gown 15000 x5")
    assert "see your photo" in seller.read("on sale|Ankara gown")
    seen = fetched(house, "ankara-gown")
    assert seen.status_code == 200
    assert seen.headers["Content-Type"] == "image/jpeg"
    assert seen.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age" in seen.headers["Cache-Control"]
    assert b"Exif" not in seen.content
    assert len(seen.content) < 150_000
    again = requests.get(seen.url, headers={"If-None-Match": seen.headers["ETag"]}, timeout=10)
    assert (again.status_code, again.content) == (304, b"")
    customer.say("ankara gown", "15,000")
    assert customer.last is not None
    assert customer.last.media_url == seen.url
    offered = customer.offered
    assert 1 <= len(offered) <= 3
    # Meta could not fetch it: the words and buttons come alone.
    house.meta.report(customer.last, "failed", 131053)
    customer.read("15,000")
    assert customer.last.media_url is None
    assert customer.offered == offered
    # The next screen of the same product does not cost the picture again.
    customer.say("hm?", ".")
    assert customer.last.media_url is None


@pytest.mark.databases("sqlite", "postgres")
def test_what_is_hidden_or_may_not_be_sold_is_not_shown(house: House) -> None:
    seller, customer = seller_at(house), MetaPhone(house, CUSTOMER)
    house.meta.send_picture(CUSTOMER, MAMA, JPEG, "Bar Soap")
    customer.read("cannot see pictures")
    assert house.in_books(lambda session: session.scalars(select(PictureRow)).all()) == []
    house.meta.send_picture(SELLER, MAMA, JPEG, "Bar Soap")
    seller.read("Bar Soap")
    url = fetched(house, "soap").url

    def status(said: str) -> None:
        house.in_books(lambda s: setattr(s.scalars(of_mama).one(), "status", said))

    of_mama = select(ShopRow).where(ShopRow.slug == "mama")
    seller.say("HIDE soap", "hidden")
    assert requests.get(url, timeout=10).status_code == 404
    seller.say("SHOW soap", ".")
    assert requests.get(url, timeout=10).status_code == 200
    status("suspended")
    assert requests.get(url, timeout=10).status_code == 404
    assert requests.get(f"{house.url}/pictures/{'0' * 32}.jpg", timeout=10).status_code == 404
    status("closed")
    tidy(house.world)
    assert house.in_books(lambda session: session.scalars(select(PictureRow)).all()) == []


def test_by_twilio_words_and_picture_are_one_message(build_house: Callable[..., House]) -> None:
    house = build_house(picture_retry_seconds=0.1)
    api = house.settings.twilio_api_url
    seller, customer = house.whatsapp(NJERI), house.whatsapp(ZURI)
    # At first it is not there yet.
    house.twilio.media.mishaps.next(Mishap(status=404))
    house.twilio.send_picture(NJERI, seller.to, JPEG, "Bar soap", api=api)
    assert "see your photo" in seller.read("Bar Soap")
    url = fetched(house, "soap").url
    assert picture_of(house, "soap").tries == 2
    before = len(house.twilio.messages_to(ZURI))
    said = customer.say("bar soap", "4,500")
    (told,) = house.twilio.messages_to(ZURI)[before:]
    assert (told.body, told.media_url) == (said, url)
    by_sms = house.sms(ZURI)
    by_sms.say("bar soap", "4,500")
    sms = [m for m in house.twilio.messages_to(ZURI) if m.medium is Medium.SMS]
    assert [m.media_url for m in sms] == [None]


def test_another_photo_takes_the_place_of_the_first(house: House) -> None:
    seller = seller_at(house)
    house.meta.send_picture(SELLER, MAMA, JPEG)
    seller.read("What is in the photo")
    seller.say("bar soap", "Bar Soap")
    first = fetched(house, "soap")
    assert first.status_code == 200
    house.meta.send_picture(SELLER, MAMA, Kept(photo(800, 600)), "PICTURE soap")
    seller.read("Bar Soap")
    eventually(lambda: requests.get(first.url, timeout=10).status_code == 404, "the first gone")
    second = fetched(house, "soap")
    assert second.status_code == 200
    assert second.url != first.url
    rows = house.in_books(lambda session: session.scalars(select(PictureRow)).all())
    assert [row.status for row in rows] == ["kept"]
    # The shop's file, loaded again, leaves what was sent by phone.
    load_shops(house.world, [SHOPS / "mama.toml"])
    assert fetched(house, "soap").url == second.url


BAD = (
    Kept(b"<html>Please log in</html>", "text/html"),
    Kept(b"<html>Please log in</html>", "image/jpeg"),
    Kept(b"\xff\xd8\xff" + b"0" * (5 * 1024 * 1024), "image/jpeg"),
    Kept(photo()[:700], "image/jpeg"),
)


def test_of_what_is_no_picture_the_seller_hears_once(house: House) -> None:
    """Nor of what is somewhere else: whoever has an account of their own may sign any address."""
    seller, by_sms = seller_at(house), house.sms(NJERI)
    for bad in BAD:
        house.meta.send_picture(SELLER, MAMA, bad, "Bar Soap")
        seller.read("Bar Soap")
        assert "send it again" in by_sms.read("photo of Bar Soap")
    house.meta.send_picture(SELLER, MAMA, JPEG, "Rice")
    elsewhere = fetched(house, "rice").url
    extra = {"NumMedia": "1", "MediaUrl0": elsewhere, "MediaContentType0": "image/jpeg"}
    house.twilio.say(NJERI, "+256312000001", "Bar soap", extra=extra)
    by_sms.read("photo of Bar Soap")
    failed = picture_of(house, "soap", "failed")
    assert (failed.due_at, failed.media) == (None, "")
    assert len([words for words in by_sms.inbox() if "send it again" in words]) == len(BAD) + 1
    customer = MetaPhone(house, CUSTOMER)
    customer.say("bar soap", "4,500")
    assert customer.last is not None
    assert customer.last.media_url is None
