from decimal import Decimal
from uuid import uuid4

import pytest

from flows.ports.payments import Fit
from payments.airtel import Airtel, AirtelSettings
from payments.airtel.client import exact_json
from payments.airtel.markets import MARKETS, national
from payments.airtel.notes import clean, transaction_id
from payments.airtel.settings import SHOP_KEYS


def rail(country: str = "UG", url: str = "https://openapi.airtel.africa") -> Airtel:
    return Airtel(AirtelSettings(url, "client", "secret", country), clock=lambda: 0.0)


def test_an_account_serves_its_own_country() -> None:
    assert rail().serves("UG", "UGX")
    assert not rail().serves("KE", "KES")
    assert not rail().serves("UG", "USD")
    assert rail("KE").serves("KE", "KES")
    assert not rail("GH").serves("GH", "GHS")


def test_an_emulator_on_this_machine_plays_every_market() -> None:
    here = rail(url="http://127.0.0.1:8000/emulators/airtel")
    assert all(here.serves(market.country, market.currency) for market in MARKETS.values())


def test_an_account_is_the_same_in_every_country_but_an_emulators() -> None:
    real, here = rail(), rail(url="http://127.0.0.1:8000/emulators/airtel")
    assert real.in_country("KE") is real
    assert here.in_country("UG") is here
    assert here.in_country("GH") is here
    assert here.in_country("KE") is here.in_country("KE") is not here


@pytest.mark.parametrize(
    ("phone", "country", "fit"),
    [
        ("+256752604392", "UG", Fit.OWN),
        ("+256701234567", "UG", Fit.OWN),
        ("+256772123456", "UG", Fit.NO),
        ("+254733123456", "KE", Fit.MAYBE),
        ("+254733123456", "UG", Fit.NO),
        ("+256", "UG", Fit.NO),
        ("", "UG", Fit.NO),
        ("0752604392", "UG", Fit.NO),
        ("+4479460000000000", "UG", Fit.NO),
    ],
)
def test_a_number_fits_by_its_country_and_its_network(phone: str, country: str, fit: Fit) -> None:
    assert rail(country).fit(phone) is fit


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("+256752604392", "752604392"),
        ("+254733123456", "733123456"),
        ("+242055123456", "055123456"),
        ("+23566123456", "66123456"),
        ("+2348021234567", "8021234567"),
    ],
)
def test_the_country_code_is_left_out(phone: str, digits: str) -> None:
    assert national(phone) == digits


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Mama Njeri's Foods #1001", "Mama Njeri s Foods 1001"),
        ("Chéri & Fils", "Cheri Fils"),
        ("\U0001f35e", "Payment"),
        ("Duka", "Duka"),
        ("x" * 80, "x" * 64),
    ],
)
def test_notes_are_plain_letters_and_digits(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_reference_goes_out_without_its_dashes() -> None:
    reference = uuid4()
    assert transaction_id(reference) == reference.hex
    assert transaction_id(reference).isalnum()


def test_amounts_are_written_exactly() -> None:
    body = {
        "a": Decimal("1234567890123.45"),
        "b": Decimal("48000.00"),
        "c": "\\u00001",
        "d": Decimal("0.10"),
    }
    assert exact_json(body) == b'{"a": 1234567890123.45, "b": 48000, "c": "\\\\u00001", "d": 0.10}'
    with pytest.raises(TypeError):
        exact_json({"a": object()})


def test_a_shops_own_account_borrows_no_secret_of_the_platforms() -> None:
    platform = AirtelSettings("https://a", "c", "s", "UG", "webhook", "1234", "key")
    own = platform.with_own({"airtel_client_id": "mine", "airtel_client_secret": "hidden"})
    assert own == AirtelSettings("https://a", "mine", "hidden", "UG")
    assert platform.with_own({"mtn_momo_user": "x"}) is None
    every = {key: f"own {name}" for key, name in SHOP_KEYS.items()}
    assert platform.with_own(every) == AirtelSettings(
        "https://a",
        "own client_id",
        "own client_secret",
        "own country",
        "own webhook_secret",
        "own disbursement_pin",
        "own public_key",
    )
