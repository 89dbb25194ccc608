"""Wallets that refuse, lapse, answer late or twice, and what customers and sellers say meanwhile."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
import requests
from click.testing import Result

from bot.build import payments_world
from payments.checking.reconciliation import reconcile
from payments.emulated import Prompt
from payments.mtn_momo.emulator import as_json
from tests.e2e.house import House, Phone, eventually
from tests.e2e.trade import CUSTOMER, Shop

pytestmark = pytest.mark.databases("postgres")

OTHER = "+256772999888"


def _ordered(house: House, words: str = "one soap") -> tuple[Phone, str]:
    """A pickup order by WhatsApp whose prompt is on its way, and what the customer was told of it."""
    customer = house.whatsapp(CUSTOMER)
    basket = customer.say(words, "cart|added")
    said = customer.follow(basket, "check ?out", "pick", "mtn", "256772300001")
    return customer, customer.choose("confirm|place", said, "PIN")


def _lapsed(build_house: Callable[..., House]) -> tuple[House, Phone, Prompt, str]:
    """An order whose prompt nobody answered in time."""
    house = build_house(payment_window_seconds=2)
    customer, _ = _ordered(house)
    prompt = house.prompt(CUSTOMER)
    return house, customer, prompt, customer.read("did not work|not paid")


def test_a_refusal_says_what_to_do_and_paying_again_works(house: House) -> None:
    customer, _ = _ordered(house)
    house.wallets.refuse(house.prompt(CUSTOMER).reference)
    failed = customer.read("did not work")
    house.until(1001, payment_status="failed", status="pending")
    customer.choose("pay again|try again", failed, "prompt")
    house.approve(CUSTOMER)
    customer.read("we got your")
    house.until(1001, payment_status="paid", status="confirmed")
    assert [prompt.status for prompt in house.wallets.all()] == ["failed", "taken"]


def test_too_little_money_is_named_and_another_number_can_pay(house: House) -> None:
    customer, _ = _ordered(house)
    house.wallets.fail(house.prompt(CUSTOMER).reference, "NOT_ENOUGH_FUNDS")
    failed = customer.read("did not work")
    assert "money" in failed
    customer.choose("another number|other number|number", failed, "number")
    customer.say("0772999888", "prompt")
    house.approve(OTHER)
    customer.read("we got your")
    house.until(1001, payment_status="paid")
    assert house.order(1001)["customer"] == CUSTOMER


def test_after_a_refusal_the_order_can_be_paid_in_cash(house: House) -> None:
    shop = Shop(house)
    customer, _ = _ordered(house)
    house.wallets.refuse(house.prompt(CUSTOMER).reference)
    customer.choose("cash", customer.read("did not work"), "cash")
    assert "cash" in shop.alert()
    shop.seller.say("OK 1001", "accepted")
    shop.hand_over(customer)
    house.until(1001, status="delivered", payment_status="paid")


def test_a_prompt_that_is_ignored_lapses_and_can_be_sent_again(
    build_house: Callable[..., House],
) -> None:
    house, customer, first, failed = _lapsed(build_house)
    house.until(1001, payment_status="failed", status="pending")
    customer.choose("pay again|try again", failed, "prompt")
    again = eventually(lambda: house.wallets.prompts(CUSTOMER)[1:], "a second prompt")[0]
    house.wallets.approve(again.reference)
    customer.read("we got your")
    house.until(1001, payment_status="paid")
    assert house.wallets.find(first.reference).status == "waiting"  # type: ignore[union-attr]


def test_money_that_comes_late_still_pays_the_open_order(build_house: Callable[..., House]) -> None:
    house, customer, prompt, _ = _lapsed(build_house)
    house.wallets.approve(prompt.reference)
    customer.read("we got your")
    house.until(1001, payment_status="paid", status="confirmed")


def test_money_that_comes_after_the_cancellation_makes_a_new_order(
    build_house: Callable[..., House],
) -> None:
    house, customer, prompt, _ = _lapsed(build_house)
    customer.choose("yes", customer.say("cancel order 1001", "cancel"), "cancelled")
    house.wallets.approve(prompt.reference)
    customer.read("1002")
    house.until(1001, status="cancelled")
    house.until(1002, status="confirmed", payment_status="paid")
    assert house.wallets.refunds() == []


def test_money_that_comes_when_the_goods_are_gone_goes_back(
    build_house: Callable[..., House],
) -> None:
    house = build_house(payment_window_seconds=2)
    customer, _ = _ordered(house, "one sugar 1kg")
    prompt = house.prompt(CUSTOMER)
    customer.read("did not work")
    customer.choose("yes", customer.say("cancel order 1001", "cancel"), "cancelled")
    house.sms("+256772100001").say("STOCK sugar 0", "sugar")
    house.wallets.approve(prompt.reference)
    customer.read("back|refund")
    refund = eventually(house.wallets.refunds, "a refund")[0]
    assert (refund.charge, refund.amount, refund.status) == (
        prompt.reference,
        "5000",
        "taken",
    )
    house.until(1001, status="cancelled", payment_status="refunded")
    assert len(house.orders()) == 1


def test_i_have_paid_is_answered_by_asking_the_wallet(house: House) -> None:
    house.wallets.faults.drop_callbacks = True
    customer, _ = _ordered(house)
    prompt = house.prompt(CUSTOMER)
    customer.say("I have paid", "checking|asking")
    customer.read("do not see the money")
    house.wallets.approve(prompt.reference)
    customer.send("nimelipa, I have already paid for it")
    customer.read("we got your")
    house.until(1001, payment_status="paid")
    assert "paid" in customer.say("I have paid", "1001")
    assert prompt.requests == 1


def test_a_lost_callback_is_made_good_by_asking(house: House) -> None:
    house.wallets.faults.drop_callbacks = True
    customer, _ = _ordered(house)
    house.approve(CUSTOMER)
    customer.read("we got your")
    house.until(1001, payment_status="paid")


def test_a_callback_that_comes_twice_pays_once(house: House) -> None:
    house.wallets.faults.double_callbacks = True
    shop = Shop(house)
    customer, _ = _ordered(house)
    house.approve(CUSTOMER)
    customer.read("we got your")
    house.wallets.callbacks.wait()
    assert house.wallets.callbacks.statuses == [200, 200]
    shop.alert()
    customer.say("where is my order", "1001")
    thanked = [text for text in customer.inbox() if "got your" in text]
    assert len(thanked) == 1
    assert len([text for text in shop.seller.inbox() if "PAID" in text]) == 1


def test_a_forged_callback_pays_nothing(house: House) -> None:
    customer, _ = _ordered(house)
    prompt = house.prompt(CUSTOMER)
    body = {**as_json(prompt), "status": "SUCCESSFUL", "financialTransactionId": "1"}
    for reference, status in ((prompt.reference, 200), (str(uuid4()), 200), ("nonsense", 404)):
        url = f"{house.url}/webhooks/mtn-momo/{reference}"
        assert requests.put(url, json=body, timeout=10).status_code == status
        assert requests.post(url, json=body, timeout=10).status_code == status
    customer.say("I have paid", "checking|asking")
    customer.read("do not see the money")
    assert house.order(1001)["payment_status"] == "pending"


def test_a_second_yes_from_another_medium_sends_no_second_prompt(house: House) -> None:
    customer, _ = _ordered(house)
    prompt = house.prompt(CUSTOMER)
    sms = house.sms(CUSTOMER)
    assert CUSTOMER in sms.say("pay for order 1001", "prompt is already on")
    handset = house.handset(CUSTOMER, "*284*77*1001#")
    assert "prompt is already on" in handset.follow("pay")
    customer.say("pay now", "prompt is already on")
    assert [p.requests for p in house.wallets.all()] == [1]
    house.wallets.approve(prompt.reference)
    house.until(1001, payment_status="paid")
    assert len(house.wallets.all()) == 1


def test_the_sellers_no_sends_the_money_back(house: House) -> None:
    shop = Shop(house)
    customer, _ = _ordered(house)
    house.approve(CUSTOMER)
    customer.read("we got your")
    shop.alert()
    shop.seller.say("NO 1001 no soap left", "1001")
    assert "no soap left" in customer.read("cancelled|cannot")
    customer.read("sent back|refund|back to")
    refund = eventually(house.wallets.refunds, "a refund")[0]
    assert (refund.amount, refund.status) == ("4500", "taken")
    house.until(1001, status="cancelled", payment_status="refunded")


@pytest.mark.parametrize("paying", [True, False])
def test_a_cancelled_order_asks_nobody_for_money(house: House, paying: bool) -> None:
    """Cancelled while the prompt is open: approving it still leads to goods or money, never to
    nothing."""
    customer, _ = _ordered(house)
    prompt = house.prompt(CUSTOMER)
    customer.choose("yes", customer.say("cancel order 1001", "cancel"), "cancelled")
    if paying:
        house.wallets.approve(prompt.reference)
        house.until(1002, status="confirmed", payment_status="paid")
    else:
        house.wallets.refuse(prompt.reference)
        customer.say("where is my order", "cancelled")
    house.until(1001, status="cancelled")
    assert len(house.wallets.all()) == 1


def money(house: House, *words: str) -> Result:
    """What a `money` command says."""
    return house.app.test_cli_runner().invoke(args=["money", *words])


def test_another_sum_waits_for_staff_and_what_is_too_much_goes_back(house: House) -> None:
    shop = Shop(house)
    house.wallets.faults.other_amount = "5000"
    customer, _ = _ordered(house)
    house.approve(CUSTOMER)
    assert "do not pay again" in customer.read("checking").lower()
    assert "Do not send the goods" in shop.seller.read("1001")
    customer.say("pay now", "check|person|review")
    (review,) = json.loads(money(house, "reviews", "--json").stdout)
    assert (review["kind"], review["order"]) == ("wrong-amount", 1001)
    assert (review["expected"], review["got"]) == ("4500 UGX", "5000 UGX")
    assert review["id"] in money(house, "reviews").stdout
    done = money(house, "accept", review["id"], "--note", "asked the customer")
    assert done.exit_code == 0, done.stderr
    customer.read("we got your")
    customer.read("went back")
    house.until(1001, status="confirmed", payment_status="paid")
    refund = eventually(house.wallets.refunds, "a refund")[0]
    assert (refund.amount, refund.status) == ("500", "taken")
    again = money(house, "give-back", review["id"])
    assert again.exit_code == 1
    assert "it was closed: accepted" in again.stderr
    assert json.loads(money(house, "reviews", "--json").stdout) == []
    assert money(house, "check").exit_code == 0, money(house, "check").stderr
    assert len(json.loads(money(house, "reviews", "--json", "--all").stdout)) == 1


def test_what_is_given_back_can_be_paid_again(house: House) -> None:
    house.wallets.faults.other_amount = "4000"
    customer, _ = _ordered(house)
    house.approve(CUSTOMER)
    customer.read("checking")
    house.wallets.faults.other_amount = None
    (review,) = json.loads(money(house, "reviews", "--json").stdout)
    short = money(house, "accept", review["id"])
    assert short.exit_code == 1
    assert "500" in short.stderr
    assert money(house, "give-back", review["id"]).exit_code == 0
    customer.read("going back")
    customer.read("went back")
    customer.say("pay for order 1001", "prompt")
    again = eventually(lambda: house.wallets.all()[1:], "a second prompt")[0]
    house.wallets.approve(again.reference)
    house.until(1001, status="confirmed", payment_status="paid")
    assert money(house, "check").exit_code == 0, money(house, "check").stderr


def test_twenty_yeses_on_three_media_send_one_prompt(house: House) -> None:
    customer, _ = _ordered(house)
    house.wallets.refuse(house.prompt(CUSTOMER).reference)
    customer.read("did not work")
    sms = house.sms(CUSTOMER)

    def yes(place: int) -> None:
        if place % 3 == 2:
            house.handset(CUSTOMER, "*284*77*1001#").follow("pay")
        else:
            (customer, sms)[place % 3].send("pay for order 1001")

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(yes, range(20)))
    customer.read("prompt")
    sms.read("prompt is already on")
    prompts = eventually(lambda: house.wallets.all()[1:], "a prompt")
    assert [prompt.requests for prompt in prompts] == [1]
    house.wallets.approve(prompts[0].reference)
    house.until(1001, status="confirmed", payment_status="paid")
    assert len(house.wallets.all()) == 2


def test_money_that_is_taken_back_is_told_to_everybody(house: House) -> None:
    # The clock's own run, at its start, is over.
    eventually(lambda: house.facts("reconciliation"), "a run")
    shop = Shop(house)
    customer, _ = _ordered(house)
    house.approve(CUSTOMER)
    customer.read("we got your")
    house.until(1001, status="confirmed", payment_status="paid")
    shop.alert()
    house.wallets.reverse(house.wallets.all()[0].reference)
    found = reconcile(payments_world(house.world))
    assert found["differs"] == 1, (found, house.facts("reconciliation"))
    assert "taken back" in customer.read("1001: |taken back")
    assert "Do not send the goods" in shop.seller.read("taken back")
    (review,) = json.loads(money(house, "reviews", "--json").stdout)
    assert review["kind"] == "reversed"
    assert money(house, "give-back", review["id"]).exit_code == 0
    house.until(1001, payment_status="refunded")
    assert "differs 1" in money(house, "reconciliations").stdout
    assert money(house, "check").exit_code == 0, money(house, "check").stderr
    assert house.wallets.refunds() == []
