"""Pictures of goods as browsers, caches and those who want too many ask for them."""

from collections.abc import Callable

import pytest
import requests
from sqlalchemy import select

from channels.emulated import Kept
from channels.meta.emulator import Who
from store.models import PictureRow
from tests.e2e.house import House, eventually
from tests.e2e.meta_phone import MAMA, MetaPhone
from tests.fakes.photos import photo

SELLER = Who("+256772100001", "UG.13491208655302741918", "Njeri")
HERE, THERE = {"X-Real-IP": "203.0.113.7"}, {"X-Real-IP": "203.0.113.8"}


def put_up(house: House) -> str:
    """The path of the picture of Mama's bar soap, which her seller has just sent."""
    house.meta.send_picture(SELLER, MAMA, Kept(photo()), "Bar Soap")
    MetaPhone(house, SELLER).read("Bar Soap")
    wanted = select(PictureRow.name).where(PictureRow.sku == "soap", PictureRow.status == "kept")
    name = eventually(lambda: house.in_books(lambda s: s.scalars(wanted).first()), "the picture")
    return f"/pictures/{name}.jpg"


def ask(house: House, path: str, **headers: str) -> requests.Response:
    return requests.get(house.url + path, headers=headers, timeout=10)


@pytest.mark.databases("sqlite", "postgres")
def test_too_many_pictures_are_refused_to_one_visitor_and_pages_are_not(
    build_house: Callable[..., House],
) -> None:
    house = build_house(visitor_pictures_per_minute=3, visitor_header="X-Real-IP")
    path = put_up(house)
    nothing = f"/pictures/{'0' * 32}.jpg"
    asked = [ask(house, each, **HERE) for each in (path, nothing, path, path, nothing)]
    assert [answer.status_code for answer in asked] == [200, 404, 200, 429, 429]
    assert asked[-1].headers["Retry-After"] == "60"
    assert "max-age" not in asked[-1].headers.get("Cache-Control", "")
    assert ask(house, "/s/mama", **HERE).status_code == 200
    assert ask(house, path, **THERE).status_code == 200


def test_all_pictures_together_have_their_own_limit(build_house: Callable[..., House]) -> None:
    house = build_house(visitor_pages_per_minute=1, pages_per_minute=1, pictures_per_minute=2)
    path = put_up(house)
    assert [ask(house, path).status_code for _ in range(3)] == [200, 200, 503]
    assert [ask(house, "/s/mama").status_code for _ in range(2)] == [200, 503]


def test_who_has_seen_a_picture_need_not_load_it_again(house: House) -> None:
    path = put_up(house)
    seen = ask(house, path)
    kept = seen.headers["Cache-Control"]
    assert kept == "public, max-age=86400, s-maxage=3600, immutable"
    again = ask(house, path, **{"If-None-Match": seen.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again.headers["Cache-Control"], again.headers["ETag"]) == (kept, seen.headers["ETag"])
    other = ask(house, path, **{"If-None-Match": '"another"'})
    assert (other.status_code, other.content) == (200, seen.content)
    gone = ask(house, f"/pictures/{'0' * 32}.jpg")
    assert (gone.status_code, gone.headers["Cache-Control"]) == (404, "no-store")
