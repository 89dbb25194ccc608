from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from flows.money import Money
from flows.ports.payments import Fit, Way
from payments.charge import Limits
from payments.paystack import Paystack, PaystackSettings
from payments.paystack.amounts import LEAST, money, subunits
from payments.paystack.markets import MARKETS, Wallet, wallet_of
from payments.rail import Ability, Rail, Rails
from store.models import ShopRow

SETTINGS = PaystackSettings("http://127.0.0.1:9", "sk_test_platform")


def paystack(country: str = "") -> Paystack:
    return Paystack(SETTINGS, public_url="https://sokoni.example", country=country)


def shop(country: str, currency: str, **payments: object) -> ShopRow:
    return ShopRow(
        slug="s",
        country=country,
        currency=currency,
        settings={"payments": {"rails": ["paystack"], **payments}},
        created_at=datetime(2026, 11, 2, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("country", "currency", "way"),
    [
        ("NG", "NGN", Way.LINK),
        ("ZA", "ZAR", Way.LINK),
        ("GH", "GHS", Way.PROMPT),
        ("KE", "KES", Way.PROMPT),
        ("CI", "XOF", Way.PROMPT),
    ],
)
def test_a_shop_sees_the_rail_of_its_country(country: str, currency: str, way: Way) -> None:
    rails = Rails({"paystack": paystack()})
    rail = rails.for_shop(shop(country, currency))["paystack"]
    assert rail.way is way
    assert rail.window == timedelta(minutes=30 if way is Way.LINK else 5)
    assert rails.at(shop(country, currency), "paystack") is rail


@pytest.mark.parametrize(("country", "currency"), [("UG", "UGX"), ("NG", "USD"), ("SN", "XOF")])
def test_elsewhere_it_serves_nobody(country: str, currency: str) -> None:
    assert Rails({"paystack": paystack()}).for_shop(shop(country, currency)) == {}


def test_the_platforms_account_serves_its_own_country() -> None:
    settings = PaystackSettings("http://127.0.0.1:9", "sk_live_platform", "NG")
    rails = Rails({"paystack": Paystack(settings, public_url="https://sokoni.example")})
    assert list(rails.for_shop(shop("NG", "NGN"))) == ["paystack"]
    assert rails.for_shop(shop("GH", "GHS")) == {}
    own = settings.with_own({"paystack_secret_key": "sk_live_shop"})
    assert own == PaystackSettings("http://127.0.0.1:9", "sk_live_shop", "")


def test_a_shops_own_key_makes_its_own_rail() -> None:
    platform = paystack()

    def own(given: dict[str, str]) -> Rail | None:
        settings = SETTINGS.with_own(given)
        return Paystack(settings, public_url="https://sokoni.example") if settings else None

    rails = Rails({"paystack": platform}, {"paystack": own})  # type: ignore[dict-item]
    ours = shop("GH", "GHS", credentials={"paystack_secret_key": "sk_live_shop"})
    first = rails.for_shop(ours)["paystack"]
    assert first is rails.for_shop(ours)["paystack"]
    assert first is not platform.in_country("GH")
    assert rails.for_shop(shop("GH", "GHS"))["paystack"] is platform.in_country("GH")


@pytest.mark.parametrize(
    ("country", "phone", "wallet"),
    [
        ("GH", "+233551234987", Wallet("0551234987", "mtn")),
        ("GH", "+233201234987", Wallet("0201234987", "vod")),
        ("GH", "+233271234987", Wallet("0271234987", "atl")),
        ("KE", "+254710000000", Wallet("+254710000000", "mpesa")),
        ("KE", "+254733123456", Wallet("+254733123456", "atl")),
        ("CI", "+2250700000000", Wallet("0700000000", "orange")),
        ("CI", "+2250512345678", Wallet("0512345678", "mtn")),
        ("CI", "+2250112345678", None),
        ("GH", "+233302123456", None),
        ("GH", "+254710000000", None),
        ("NG", "+2348031234567", None),
        ("GH", "+23355", None),
        ("GH", "nonsense", None),
        ("GH", "", None),
    ],
)
def test_a_wallet_is_read_off_the_number(country: str, phone: str, wallet: Wallet | None) -> None:
    assert wallet_of(country, phone) == wallet
    if country != "NG":
        assert paystack(country).fit(phone) is (Fit.MAYBE if wallet else Fit.NO)


def test_a_link_asks_for_no_number() -> None:
    assert paystack("NG").fit("") is Fit.MAYBE


@pytest.mark.parametrize(
    ("country", "payout", "names"),
    [("NG", False, False), ("GH", True, True), ("KE", True, False), ("CI", False, False)],
)
def test_what_it_can_do_is_the_countrys(country: str, payout: bool, names: bool) -> None:
    rail = paystack(country)
    assert (rail.can(Ability.PAYOUT), rail.can(Ability.HOLDER_NAME)) == (payout, names)
    assert rail.can(Ability.REFUND)
    assert rail.can(Ability.PART_REFUND)


@pytest.mark.parametrize("currency", [market.currency for market in MARKETS.values()])
def test_amounts_there_and_back(currency: str) -> None:
    amount = Money.of(480, currency)
    assert subunits(amount) == 48_000
    assert money(48_000, currency) == amount
    assert money("48000", currency.lower()) == amount


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        (48_001, "XOF"),
        (Decimal("48000.5"), "GHS"),
        (480.0, "GHS"),
        (-1, "GHS"),
        (True, "GHS"),
        (48_000, "EUR"),
        (48_000, None),
        (10**16, "GHS"),
    ],
)
def test_what_is_no_amount(amount: object, currency: object) -> None:
    assert money(amount, currency) is None


def test_the_least_amounts_are_the_documented_ones() -> None:
    assert {code: str(Money(minor, code).major) for code, minor in LEAST.items()} == {
        "NGN": "50.00",
        "GHS": "0.10",
        "ZAR": "1.00",
        "KES": "3.00",
        "XOF": "1",
    }
    assert paystack("NG").limits("NGN") == Limits(least=5_000)
    assert not paystack("NG").limits("NGN").allow(4_999)


@pytest.mark.parametrize(
    ("public_url", "host"),
    [
        ("https://shop.example.com:8443", "shop.example.com"),
        ("http://127.0.0.1:8000", "sokoni.invalid"),
        ("http://localhost:8000", "sokoni.invalid"),
    ],
)
def test_addresses_are_made_up_of_our_own_host(public_url: str, host: str) -> None:
    from uuid import UUID

    rail = Paystack(SETTINGS, public_url=public_url)
    assert rail._email(UUID(int=1)) == f"{UUID(int=1).hex}@{host}"
