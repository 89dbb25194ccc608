"""Links, codes and small pages that lead into a conversation, and who is credited for them."""

import re
from collections.abc import Callable

import pytest
import requests

from tests.e2e.house import House
from tests.e2e.trade import CUSTOMER, SELLER

pytestmark = pytest.mark.databases("postgres")

FRIEND = "+256772300081"
MOST_BYTES = 15_000


def page(house: House, path: str, **more: object) -> requests.Response:
    return requests.get(f"{house.url}{path}", timeout=10, **more)


def hrefs(got: requests.Response) -> dict[str, str]:
    """The buttons of a page, by their kind."""
    found = re.findall(r'class="way (\w+)" href="([^"]+)"', got.text)
    return dict(found)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (
            "/s/mama",
            {
                "whatsapp": "https://wa.me/256312000001?text=Hi%20Mama%20Njeri%20Foods",
                "sms": "sms:+256312000002?body=Hi%20Mama%20Njeri%20Foods",
                "ussd": "tel:*284*77%23",
            },
        ),
        (
            "/s/mama/12",
            {
                "whatsapp": "https://wa.me/256312000001?text=Mama%20Njeri%20Foods%20%2312",
                "sms": "sms:+256312000002?body=Mama%20Njeri%20Foods%20%2312",
                "ussd": "tel:*284*77*12%23",
            },
        ),
        ("/s/joy", {"sms": "sms:22884?body=JOY", "ussd": "tel:*285*9%23"}),
    ],
    ids=["shop", "product", "shop on shared addresses"],
)
def test_a_page_has_a_button_for_each_way_in(
    house: House, path: str, wanted: dict[str, str]
) -> None:
    got = page(house, path)
    assert got.status_code == 200
    assert hrefs(got) == wanted
    assert len(got.content) < MOST_BYTES
    assert "<script" not in got.text
    assert "http-equiv" not in got.text


def test_a_page_of_a_product_says_its_price_and_a_shops_its_goods(house: House) -> None:
    got = page(house, "/s/mama/12")
    assert "Rice" in got.text
    assert "from UGX 20,000" in got.text
    assert "/s/mama/12" in page(house, "/s/mama").text


@pytest.mark.parametrize(
    "path",
    ["/s/nobody", "/s/mama/998", "/s/mama/0", "/s/mama/12/UPPER1", "/q/nobody.png", "/q/mama.gif"],
)
def test_what_is_not_there_is_not_found(house: House, path: str) -> None:
    assert page(house, path).status_code == 404


def test_codes_are_pictures_of_what_is_asked_for(house: House) -> None:
    png = page(house, "/q/mama/12.png")
    assert png.headers["Content-Type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    svg = page(house, "/q/mama/12.svg", params={"to": "ussd"})
    assert svg.headers["Content-Type"].startswith("image/svg+xml")
    assert svg.content != page(house, "/q/mama/12.svg").content
    assert page(house, "/q/joy.png", params={"to": "whatsapp"}).status_code == 404


def test_a_shared_link_brings_a_friend_who_orders(house: House) -> None:
    sharer, friend = house.whatsapp(CUSTOMER), house.whatsapp(FRIEND)
    sharer.say("#12", "Rice")
    said = sharer.say("share this", "/s/mama/12/")
    path = re.search(r"/s/mama/12/\w{6}", said)
    assert path is not None, said
    assert CUSTOMER.removeprefix("+256") not in said
    buttons = hrefs(page(house, path[0]))
    text = requests.utils.unquote(buttons["whatsapp"].partition("text=")[2])
    assert text.startswith("Mama Njeri Foods #12 #")
    friend.say(text, "Rice")
    assert "people 1, carts 0, orders 0" in sharer.say("my shares", "carts")
    basket = friend.say("one soap", "cart|added")
    said = friend.follow(basket, "check ?out", "pick", "mtn", FRIEND.removeprefix("+"))
    friend.choose("confirm|place", said, "PIN")
    house.approve(FRIEND)
    house.until(1001, payment_status="paid")
    assert "people 1, carts 1, orders 1, worth UGX 4,500" in sharer.say("my shares", "carts")
    assert "people 1, orders 1, UGX 4,500" in house.sms(SELLER).say("SHARES", "Brought")


def test_a_poster_on_a_shared_shortcode_opens_its_product(house: House) -> None:
    customer = house.sms(CUSTOMER, "22884", "africastalking")
    assert "Rice" in customer.say("MAMA #12", "Rice")
    assert "Rice" in house.sms(FRIEND, "22884", "africastalking").say("mama 12", "Rice")
    # Now it is the menu's number.
    assert "25kg" in customer.say("MAMA 2", "25kg")


def test_sellers_hear_the_link_and_the_codes(house: House) -> None:
    seller = house.sms(SELLER)
    said = seller.say("LINK", "/s/mama/")
    assert "Dial *284*77#" in said
    said = seller.say("link rice", "/s/mama/12/")
    assert "Dial *284*77*12#" in said
    assert "I do not" in seller.say("LINK bricks", "bricks") or "bricks" in seller.inbox()[-1]


def test_too_many_pages_are_refused_to_one_visitor_alone(
    build_house: Callable[..., House],
) -> None:
    house = build_house(visitor_pages_per_minute=3, visitor_header="X-Real-IP")
    here, there = {"X-Real-IP": "203.0.113.7"}, {"X-Real-IP": "203.0.113.8"}
    paths = ("/s/mama", "/q/mama.png", "/r/xyz", "/s/mama", "/q/mama.png", "/r/xyz")
    codes = [page(house, path, headers=here).status_code for path in paths]
    assert codes == [200, 200, 404, 429, 429, 429]
    assert page(house, "/s/mama", headers=here).headers["Retry-After"] == "60"
    assert page(house, "/s/mama", headers=there).status_code == 200


def test_all_visitors_together_are_counted_where_nothing_tells_them_apart(
    build_house: Callable[..., House],
) -> None:
    house = build_house(visitor_pages_per_minute=1, pages_per_minute=4)
    assert [page(house, "/s/mama").status_code for _ in range(5)] == [200, 200, 200, 200, 503]
