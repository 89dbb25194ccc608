"""The real client against the emulated Flutterwave: links, and what was paid on them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import uuid4

import pytest
import requests

from flows.money import Money
from flows.ports.payments import AttemptStatus, Fit, Way
from payments.emulated import Hit, Prompt, Trouble
from payments.errors import PaymentError
from payments.flutterwave import Flutterwave
from tests.fakes.flutterwave import NOWHERE, FlutterwaveHouse, flutterwave_house
from tests.fakes.paying import Clock, charge

UGX = Money(48_000, "UGX")


@pytest.fixture
def house(clock: Clock) -> Iterator[FlutterwaveHouse]:
    with flutterwave_house(clock) as made:
        yield made


def test_a_charge_is_a_page_on_which_it_can_be_paid(house: FlutterwaveHouse) -> None:
    asked = charge()
    submission = house.rail.request(asked)
    assert submission.state is AttemptStatus.PENDING
    assert submission.link
    assert submission.link.startswith(house.url)
    page = requests.get(submission.link, timeout=5)
    assert "UGX 48000" in page.text
    assert "Mama Njeri&#39;s Foods #1001" in page.text
    back = requests.post(submission.link, data={"answer": "pay"}, timeout=5, allow_redirects=False)
    way_back = f"{NOWHERE}/webhooks/flutterwave/back/{asked.reference}"
    assert back.headers["Location"].startswith(f"{way_back}?status=successful&tx_ref=")
    status = house.rail.status(asked.reference)
    assert (status.state, status.amount) == (AttemptStatus.SUCCEEDED, UGX)
    assert status.provider_id == house.only.transaction


def test_nobody_is_asked_by_number(house: FlutterwaveHouse) -> None:
    assert (house.rail.way, house.rail.fit("")) == (Way.LINK, Fit.MAYBE)
    house.rail.request(charge(payer=""))
    assert house.only.payer == ""


def test_a_page_on_which_nobody_has_paid_is_no_transaction(house: FlutterwaveHouse) -> None:
    asked = charge()
    house.rail.request(asked)
    assert house.rail.status(asked.reference).state is None
    assert house.rail.status(uuid4()).state is None


def test_a_prompt_from_the_page_waits(house: FlutterwaveHouse) -> None:
    asked = charge()
    link = house.rail.request(asked).link or ""
    requests.post(link, data={"answer": "begin"}, timeout=5)
    status = house.rail.status(asked.reference)
    assert (status.state, status.code, status.known) == (AttemptStatus.PENDING, None, True)


def test_amounts_leave_in_major_units(house: FlutterwaveHouse) -> None:
    house.rail.request(charge(123_450, "NGN"))
    assert (house.only.amount, house.only.currency) == ("1234.50", "NGN")
    assert house.only.lapses_at - house.only.made_at == Flutterwave.window


@pytest.mark.parametrize(
    ("other", "read"),
    [("47999", Money(47_999, "UGX")), ("48001", Money(48_001, "UGX")), ("4e4", None), ("-5", None)],
)
def test_another_amount_is_said_as_it_came(
    house: FlutterwaveHouse, other: str, read: Money | None
) -> None:
    asked = charge()
    house.rail.request(asked)
    house.wallets.faults.other_amount = other
    house.wallets.approve(str(asked.reference))
    status = house.rail.status(asked.reference)
    assert (status.state, status.amount) == (AttemptStatus.SUCCEEDED, read)


def test_another_currency_is_said_as_it_came(house: FlutterwaveHouse) -> None:
    asked = charge()
    house.rail.request(asked)
    house.wallets.faults.other_currency = "KES"
    house.wallets.approve(str(asked.reference))
    assert house.rail.status(asked.reference).amount == Money(4_800_000, "KES")


def test_less_charged_than_asked_for_is_the_lesser(house: FlutterwaveHouse) -> None:
    asked = charge()
    house.rail.request(asked)
    house.only.extra["charged"] = "100"
    house.wallets.approve(str(asked.reference))
    assert house.rail.status(asked.reference).amount == Money(100, "UGX")


def test_a_fee_on_top_is_not_more_money(house: FlutterwaveHouse) -> None:
    asked = charge()
    house.rail.request(asked)
    house.only.extra["charged"] = "48500"
    house.wallets.approve(str(asked.reference))
    assert house.rail.status(asked.reference).amount == UGX


def test_a_failed_try_may_be_followed_by_another_on_the_same_page(house: FlutterwaveHouse) -> None:
    asked = charge()
    link = house.rail.request(asked).link or ""
    requests.post(link, data={"answer": "pay", "card": "5258 5859 2266 6506"}, timeout=5)
    failed = house.rail.status(asked.reference)
    assert (failed.state, failed.code) == (AttemptStatus.PENDING, "Insufficient Funds")
    requests.post(link, data={"answer": "pay"}, timeout=5, allow_redirects=False)
    assert house.rail.status(asked.reference).state is AttemptStatus.SUCCEEDED


def test_money_counts_though_a_later_try_failed(house: FlutterwaveHouse) -> None:
    asked = charge()
    house.rail.request(asked)
    house.rail.request(asked)
    house.wallets.approve(str(asked.reference))
    house.wallets.fail(f"{asked.reference}/2")
    status = house.rail.status(asked.reference)
    assert (status.state, status.amount) == (AttemptStatus.SUCCEEDED, UGX)


def test_two_successes_of_one_reference_are_added_up(house: FlutterwaveHouse) -> None:
    asked = charge()
    house.rail.request(asked)
    house.rail.request(asked)
    house.wallets.approve(str(asked.reference))
    house.wallets.approve(f"{asked.reference}/2")
    status = house.rail.status(asked.reference)
    assert status.amount == Money(96_000, "UGX")
    assert status.got == "48000 UGX + 48000 UGX"
    assert status.provider_id == house.wallets.all()[0].transaction


def test_a_connection_that_breaks_may_have_been_heard(house: FlutterwaveHouse) -> None:
    house.wallets.faults.dropped = 1
    with pytest.raises(PaymentError) as caught:
        house.rail.request(charge())
    assert caught.value.unknown
    assert len(house.wallets.all()) == 1


@pytest.mark.parametrize(("fault", "taken"), [("errors", 0), ("fell", 1)])
def test_a_500_leaves_it_unknown(house: FlutterwaveHouse, fault: str, taken: int) -> None:
    setattr(house.wallets.faults, fault, 1)
    submission = house.rail.request(charge())
    assert (submission.state, submission.link) == (AttemptStatus.UNKNOWN, None)
    assert len(house.wallets.all()) == taken


def test_too_many_requests_are_put_off(house: FlutterwaveHouse) -> None:
    house.wallets.faults.at_request = lambda _: Hit(Trouble.BUSY, 7)
    with pytest.raises(PaymentError) as caught:
        house.rail.request(charge())
    assert (caught.value.retry_after, caught.value.unknown) == (7, False)


def test_a_refused_key_is_permanent(house: FlutterwaveHouse) -> None:
    stranger = Flutterwave(replace(house.settings, secret_key="other"), public_url=NOWHERE)
    with pytest.raises(PaymentError) as caught:
        stranger.request(charge())
    assert (caught.value.permanent, caught.value.code) == (True, "http-401")


def test_a_refused_request_fails_with_its_words_without_numbers(house: FlutterwaveHouse) -> None:
    submission = house.rail.request(charge(0))
    assert (submission.state, submission.known) == (AttemptStatus.FAILED, False)
    assert submission.code == "amount is invalid"


def test_a_status_that_cannot_be_read_says_nothing(house: FlutterwaveHouse) -> None:
    asked = charge()
    house.rail.request(asked)
    house.wallets.approve(str(asked.reference))
    house.wallets.faults.unreadable = 1
    with pytest.raises(PaymentError):
        house.rail.status(asked.reference)
    assert house.rail.status(asked.reference).state is AttemptStatus.SUCCEEDED


def test_a_list_that_cannot_be_read_does_not_hide_what_was_paid(
    house: FlutterwaveHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = charge()
    house.rail.request(asked)
    house.wallets.approve(str(asked.reference))
    found = house.wallets.tries

    def then_in_trouble(tx_ref: str) -> Sequence[Prompt]:
        house.wallets.faults.unreadable = 1
        return found(tx_ref)

    monkeypatch.setattr(house.wallets, "tries", then_in_trouble)
    assert house.rail.status(asked.reference).state is AttemptStatus.SUCCEEDED


def test_money_that_is_hidden_is_pending(house: FlutterwaveHouse) -> None:
    asked = charge()
    house.rail.request(asked)
    house.wallets.faults.pending_for_ever = True
    house.wallets.approve(str(asked.reference))
    assert house.rail.status(asked.reference).state is AttemptStatus.PENDING
