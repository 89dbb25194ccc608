import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.mtn_momo.markets import MARKETS, reach
from payments.mtn_momo.notes import MOST, clean
from payments.mtn_momo.settings import MtnSettings

REAL = "https://proxy.momoapi.mtn.com"
SANDBOX = "https://sandbox.momodeveloper.mtn.com"
EMULATOR = "http://127.0.0.1:9000/emulators/mtn-momo"


@pytest.mark.parametrize("environment", sorted(MARKETS))
def test_a_market_takes_its_own_currency_only(environment: str) -> None:
    market = MARKETS[environment]
    served = reach(environment, REAL)
    assert served.serves(market.country, market.currency)
    assert not served.serves(market.country, "EUR")
    assert not served.serves("KE", "KES")


def test_mtns_own_sandbox_knows_euros_only() -> None:
    served = reach("sandbox", SANDBOX)
    assert served.serves("UG", "EUR")
    assert not served.serves("UG", "UGX")


def test_an_emulator_on_this_machine_plays_every_market() -> None:
    served = reach("sandbox", EMULATOR)
    assert all(served.serves(market.country, market.currency) for market in MARKETS.values())
    assert not served.serves("KE", "KES")


@pytest.mark.parametrize(
    ("phone", "fits"),
    [
        ("+256772123456", True),
        ("+237670000001", False),
        ("+25677212", False),
        ("0772123456", False),
        ("+46733123450", False),
        ("nobody", False),
    ],
)
def test_a_ugandan_wallet_is_a_valid_ugandan_number(phone: str, fits: bool) -> None:
    assert reach("mtnuganda", REAL).payer_ok(phone) is fits


def test_the_sandbox_knows_its_made_up_payers() -> None:
    assert reach("sandbox", SANDBOX).payer_ok("+46733123463")
    assert not reach("sandbox", SANDBOX).payer_ok("+46733123464")


def test_an_unknown_environment_serves_nobody() -> None:
    assert not reach("mtnatlantis", REAL).serves("UG", "UGX")


def test_notes_lose_what_mtn_refuses() -> None:
    assert clean("Chéri's d'Août #1001 \N{ROUND PUSHPIN}") == "Cheri s d Aout #1001"


@given(st.text(max_size=400))
def test_every_note_is_short_and_plain(text: str) -> None:
    note = clean(text)
    assert len(note) <= MOST
    assert note.isascii()
    assert "'" not in note


def settings() -> MtnSettings:
    return MtnSettings(REAL, "mtnuganda", "key", "user", "secret", "back")


def test_a_shop_without_own_credentials_has_no_rail_of_its_own() -> None:
    assert settings().with_own({"webhook_secret": "x"}) is None


def test_a_shop_paid_into_its_own_account_never_refunds_from_the_platforms() -> None:
    own = settings().with_own({"mtn_momo_collection_key": "own", "mtn_momo_user": "me"})
    assert own is not None
    assert (own.collection_key, own.user, own.disbursement_key) == ("own", "me", None)
    assert own.api_url == REAL
