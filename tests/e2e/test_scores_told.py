"""A shop lets everybody down, hears of it, and asks how it stands; staff see it by command."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from channels.render.gsm import is_gsm, segments
from store.models import OrderRow
from store.scores.reckoning import reckon
from tests.e2e.house import House, Phone
from tests.e2e.test_asked_in_vain import at_noon  # noqa: F401 - a fixture
from tests.e2e.trade import RIDER, SELLER

pytestmark = pytest.mark.databases("sqlite", "postgres")
CUSTOMERS = [f"+25677230008{n}" for n in range(5)]


def order(phone: Phone) -> None:
    """A piece of soap, to be fetched and paid for in cash."""
    phone.say("one soap please", "4,500")
    said = phone.say("checkout", "pick")
    for option in ("pick", "cash"):
        said = phone.choose(option, said, ".")
    phone.choose("confirm|place", said, ".")


def reckoned(house: House) -> int:
    """All that was ordered was ordered yesterday, and the night is over."""

    def work(session: object) -> int:
        for order in session.scalars(select(OrderRow)):  # type: ignore[attr-defined]
            order.created_at -= timedelta(days=1)
        session.flush()  # type: ignore[attr-defined]
        return reckon(session, house.world.rules, datetime.now(UTC))  # type: ignore[arg-type]

    return house.in_books(work)


def command(house: House, *words: str) -> object:
    return json.loads(house.app.test_cli_runner().invoke(args=[*words, "--json"]).stdout)


def test_a_seller_asks_hears_and_is_seen(at_noon: House) -> None:  # noqa: F811
    house, seller = at_noon, at_noon.sms(SELLER)
    assert "begins with 5 orders" in seller.say("SCORE", "No score yet")
    for number, phone in enumerate(CUSTOMERS, 1001):
        order(house.sms(phone))
        seller.read(str(number))
        seller.say(f"NO {number} no time", str(number))
    assert reckoned(house) == 1
    alert = seller.read("score fell")
    assert "fell to 1.43 of 5" in alert
    assert is_gsm(alert)
    assert segments(alert).count == 1
    for medium in (seller, house.whatsapp(SELLER)):
        said = medium.say("SCORE", "probation")
        assert "1.43 of 5" in said
        assert "bring every order" in said
    (score,) = command(house, "shop", "scores")  # type: ignore[misc]
    assert (score["shop"], score["grade"], score["score"]) == ("mama", "probation", "1.43")
    (review,) = command(house, "shop", "reviews")  # type: ignore[misc]
    assert (review["shop"], review["why"], review["score"]) == ("mama", ["probation"], "1.43")
    riders = command(house, "people", "riders", "--shop", "mama")
    assert {(r["phone"], r["grade"]) for r in riders} >= {(RIDER, "new")}  # type: ignore[index]
