from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flows.ports.payments import Fit, NextStep, Way
from payments.cash import Cash
from payments.mtn_momo import MtnMomo, MtnSettings
from payments.rail import Rail, Rails
from store.models import ShopRow

PLATFORM = MtnSettings("http://127.0.0.1:9", "mtnuganda", "key", "user", "secret")


def mtn(settings: MtnSettings) -> MtnMomo:
    return MtnMomo(settings, public_url="http://127.0.0.1:8000", clock=lambda: 0.0)


def own_mtn(credentials: Mapping[str, str]) -> Rail | None:
    settings = PLATFORM.with_own(credentials)
    return mtn(settings) if settings else None


def shop(currency: str = "UGX", **payments: Any) -> ShopRow:
    return ShopRow(
        slug="s",
        country="UG",
        currency=currency,
        settings={"payments": payments},
        created_at=datetime(2026, 11, 2, tzinfo=UTC),
    )


def test_a_shop_gets_its_rails_in_its_own_order() -> None:
    rails = Rails({"cash": Cash(), "mtn-momo": mtn(PLATFORM)})
    found = rails.for_shop(shop(rails=["mtn-momo", "airtel", "cash"]))
    assert list(found) == ["mtn-momo", "cash"]


def test_a_rail_without_credentials_is_not_there() -> None:
    assert list(Rails({"cash": Cash()}).for_shop(shop(rails=["mtn-momo", "cash"]))) == ["cash"]


def test_a_rail_that_does_not_take_the_shops_currency_is_not_offered() -> None:
    rails = Rails({"cash": Cash(), "mtn-momo": mtn(PLATFORM)})
    assert list(rails.for_shop(shop("KES", rails=["mtn-momo", "cash"]))) == ["cash"]


def test_a_shops_own_credentials_make_its_own_rail_once() -> None:
    platform = mtn(PLATFORM)
    rails = Rails({"mtn-momo": platform}, {"mtn-momo": own_mtn})
    own = shop(rails=["mtn-momo"], credentials={"mtn_momo_user": "mine"})
    first = rails.for_shop(own)["mtn-momo"]
    assert first is not platform
    assert rails.for_shop(own)["mtn-momo"] is first
    assert rails.for_shop(shop(rails=["mtn-momo"]))["mtn-momo"] is platform


def test_cash_sends_no_prompt_and_takes_anybody() -> None:
    cash = Cash()
    assert cash.way is Way.CASH
    assert cash.fit("") is not Fit.NO
    assert cash.limits("UGX").allow(1)
    assert cash.next_step(None) is NextStep.ASK_SHOP
