"""Airtel's protocol, spoken to the emulator over HTTP."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
import requests

from flows.ports.payments import AttemptStatus
from payments.airtel import Airtel, AirtelSettings
from payments.airtel.reasons import NO_WALLET
from payments.emulated import Hit, Trouble
from payments.errors import PaymentError
from tests.fakes.airtel import PAYER, EmulatedAirtel, charge, emulated_airtel
from tests.fakes.airtel_answers import scripted_airtel
from tests.fakes.paying import Clock

S = AttemptStatus


@pytest.fixture
def airtel(clock: Clock) -> Iterator[EmulatedAirtel]:
    with emulated_airtel(clock) as emulated:
        yield emulated


@pytest.fixture
def tokens_asked_for(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    post = requests.Session.post

    def counted(self: requests.Session, url: str, **options: object) -> requests.Response:
        asked.append(url)
        return post(self, url, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(requests.Session, "post", counted)
    return asked


def test_a_charge_says_what_airtel_wants_to_hear(airtel: EmulatedAirtel) -> None:
    asked = charge()
    assert airtel.rail.request(asked).state is S.PENDING
    prompt = airtel.only
    assert (prompt.reference, prompt.payer) == (str(asked.reference), PAYER)
    assert (prompt.amount, prompt.currency) == ("48000", "UGX")
    assert prompt.message == "Mama Njeri s Foods 1001"
    assert UUID(prompt.extra["id"]) == asked.reference
    assert prompt.extra["id"].isalnum()


@pytest.mark.parametrize(
    ("minor", "currency", "payer", "amount"),
    [
        (48_000, "UGX", "+256752604392", "48000"),
        (12_050, "KES", "+254733123456", "120.50"),
        (100_000, "TZS", "+255784123456", "1000"),
        (7_500, "RWF", "+250733123456", "7500"),
        (5_000, "XAF", "+242055123456", "5000"),
        (99, "ZMW", "+260977123456", "0.99"),
        (123_456_789_012_345, "NGN", "+2348021234567", "1234567890123.45"),
    ],
)
def test_every_market_is_asked_in_its_own_money_and_number(
    airtel: EmulatedAirtel, minor: int, currency: str, payer: str, amount: str
) -> None:
    made = airtel.asked(minor, currency, payer)
    prompt = airtel.only
    assert (prompt.payer, prompt.currency, prompt.amount) == (payer, currency, amount)
    airtel.wallets.approve(str(made.reference))
    assert airtel.rail.status(made.reference).moved(made.amount) == made.amount


def test_an_enquiry_names_the_country_of_its_shop(clock: Clock) -> None:
    with scripted_airtel(clock) as scripted:
        for country, currency in (("UG", "UGX"), ("KE", "KES")):
            scripted.rail.in_country(country).status(uuid4())
            assert scripted.market == (country, currency)


def test_a_number_of_another_country_than_the_moneys_is_not_asked(airtel: EmulatedAirtel) -> None:
    with pytest.raises(PaymentError) as error:
        airtel.rail.request(charge(100, "KES", PAYER))
    assert error.value.permanent
    assert not airtel.wallets.all()


def test_one_token_serves_until_it_ends(
    airtel: EmulatedAirtel, clock: Clock, tokens_asked_for: list[str]
) -> None:
    for _ in range(3):
        airtel.rail.request(charge())
    clock.pass_by(seconds=119)
    airtel.rail.request(charge())
    assert len(tokens_asked_for) == 1
    clock.pass_by(seconds=2)
    airtel.rail.request(charge())
    assert len(tokens_asked_for) == 2
    assert len(airtel.wallets.all()) == 5


def test_many_threads_fetch_one_token(airtel: EmulatedAirtel, tokens_asked_for: list[str]) -> None:
    threads = [threading.Thread(target=airtel.rail.request, args=(charge(),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(tokens_asked_for) == 1
    assert len(airtel.wallets.all()) == 8


def test_a_refused_token_is_replaced_once(airtel: EmulatedAirtel) -> None:
    airtel.wallets.faults.refused_tokens = 1
    assert airtel.rail.request(charge()).state is S.PENDING
    airtel.wallets.faults.refused_tokens = 2
    with pytest.raises(PaymentError) as error:
        airtel.rail.request(charge())
    assert error.value.permanent
    assert len(airtel.wallets.all()) == 1


def test_wrong_credentials_are_a_permanent_error(airtel: EmulatedAirtel, clock: Clock) -> None:
    wrong = replace(airtel.settings, client_secret="wrong-secret")
    with pytest.raises(PaymentError) as error:
        Airtel(wrong, clock=clock.seconds).request(charge())
    assert error.value.permanent
    assert "wrong-secret" not in repr(wrong)
    assert "wrong-secret" not in str(error.value)


def test_the_same_reference_again_is_no_second_charge(airtel: EmulatedAirtel) -> None:
    asked = charge()
    assert airtel.rail.request(asked).state is S.PENDING
    again = airtel.rail.request(asked)
    assert (again.state, again.known) == (S.PENDING, True)
    assert airtel.only.requests == 2


def test_a_connection_that_ends_without_an_answer_leaves_it_unknown(
    airtel: EmulatedAirtel,
) -> None:
    airtel.wallets.faults.dropped = 1
    asked = charge()
    with pytest.raises(PaymentError) as error:
        airtel.rail.request(asked)
    assert error.value.unknown
    assert not error.value.permanent
    assert airtel.rail.status(asked.reference).state is S.PENDING
    assert airtel.rail.request(asked).state is S.PENDING
    assert len(airtel.wallets.all()) == 1


def test_a_server_that_is_away_was_never_asked(clock: Clock) -> None:
    nobody = AirtelSettings("http://127.0.0.1:9", "client", "secret")
    with pytest.raises(PaymentError) as error:
        Airtel(nobody, clock=clock.seconds).request(charge())
    assert not error.value.unknown
    assert not error.value.permanent


@pytest.mark.parametrize("fault", ["errors", "fell"])
def test_trouble_at_airtel_is_not_a_refusal(airtel: EmulatedAirtel, fault: str) -> None:
    setattr(airtel.wallets.faults, fault, 1)
    asked = charge()
    answer = airtel.rail.request(asked)
    assert (answer.state, answer.code) == (S.UNKNOWN, "http-500")
    taken = airtel.rail.status(asked.reference).state
    assert taken is (S.PENDING if fault == "fell" else None)
    assert airtel.rail.request(asked).state is S.PENDING
    assert len(airtel.wallets.all()) == 1


def test_a_pause_that_airtel_asks_for_is_named(airtel: EmulatedAirtel) -> None:
    hits = [Hit(Trouble.BUSY, 30.0)]
    airtel.wallets.faults.at_request = lambda _: hits.pop() if hits else None
    with pytest.raises(PaymentError) as error:
        airtel.rail.request(charge())
    assert (error.value.retry_after, error.value.unknown) == (30.0, False)
    assert not airtel.wallets.all()


def test_an_unknown_reference_has_no_state(airtel: EmulatedAirtel) -> None:
    assert airtel.rail.status(uuid4()).state is None


def test_a_status_that_cannot_be_read_is_an_error(airtel: EmulatedAirtel) -> None:
    asked = airtel.asked()
    airtel.wallets.faults.unreadable = 1
    with pytest.raises(PaymentError) as error:
        airtel.rail.status(asked.reference)
    assert not error.value.permanent
    assert airtel.rail.status(asked.reference).state is S.PENDING


def test_success_names_airtels_own_number_and_no_amount(airtel: EmulatedAirtel) -> None:
    made = airtel.paid()
    status = airtel.rail.status(made.reference)
    assert status.state is S.SUCCEEDED
    assert (status.amount, status.as_asked) == (None, True)
    assert status.moved(made.amount) == made.amount
    assert status.provider_id == airtel.only.transaction


@pytest.mark.parametrize("fault", [{"other_amount": "47999"}, {"other_currency": "KES"}])
def test_another_amount_that_airtel_names_is_no_payment_of_ours(
    airtel: EmulatedAirtel, fault: dict[str, str]
) -> None:
    for name, value in fault.items():
        setattr(airtel.wallets.faults, name, value)
    made = airtel.paid()
    status = airtel.rail.status(made.reference)
    assert status.state is S.SUCCEEDED
    assert status.moved(made.amount) not in (None, made.amount)
    assert next(iter(fault.values())) in status.got


def test_a_prompt_that_nobody_answers_expires(airtel: EmulatedAirtel, clock: Clock) -> None:
    asked = airtel.asked()
    assert airtel.rail.status(asked.reference).state is S.PENDING
    clock.pass_by(minutes=5)
    status = airtel.rail.status(asked.reference)
    assert (status.state, status.code, status.known) == (S.EXPIRED, "DP00800001029", True)


def test_pending_for_ever_is_pending(airtel: EmulatedAirtel) -> None:
    airtel.wallets.faults.pending_for_ever = True
    assert airtel.rail.status(airtel.paid().reference).state is S.PENDING


def test_ambiguous_is_unknown_and_never_failed(airtel: EmulatedAirtel) -> None:
    asked = airtel.asked()
    airtel.wallets.fail(str(asked.reference), "DP00800001000")
    assert airtel.rail.status(asked.reference).state is S.UNKNOWN


def test_a_number_without_a_wallet_is_refused_before_anybody_is_asked(
    airtel: EmulatedAirtel,
) -> None:
    airtel.wallets.names[PAYER] = None
    answer = airtel.rail.request(charge())
    assert (answer.state, answer.code) == (S.FAILED, NO_WALLET)
    assert not airtel.wallets.all()


def test_the_holders_name_is_read(airtel: EmulatedAirtel) -> None:
    airtel.wallets.names[PAYER] = "Imani Mfano"
    assert airtel.rail.holder_name(PAYER) == "Imani Mfano"
    airtel.wallets.names[PAYER] = None
    assert airtel.rail.holder_name(PAYER) is None
    airtel.wallets.faults.unreadable = 1
    with pytest.raises(PaymentError) as error:
        airtel.rail.holder_name(PAYER)
    assert not error.value.permanent
