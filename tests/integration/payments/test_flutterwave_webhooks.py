"""What the emulated Flutterwave calls about, as the real rail reads it; and whose account may call."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import uuid4

import pytest
from flask import Flask, Response, request

from bot.hub.money import heard
from channels.emulated import serving
from flows.money import Money
from payments.cash import Cash
from payments.charge import Callback, PayoutRequest, RefundRequest
from payments.flutterwave import Flutterwave
from payments.rail import Rail, Rails
from store.sealing import NoVault
from store.transaction import Sessions
from tests.fakes.flutterwave import (
    NOWHERE,
    SECRET_HASH,
    SIGNED,
    FlutterwaveHouse,
    flutterwave_house,
    opened,
)
from tests.fakes.paying import PAYER, Clock, charge, make_market

HOOK = "webhooks/flutterwave"


@dataclass
class Merchant:
    """A server that listens. It is away for the next `down` calls."""

    house: FlutterwaveHouse
    calls: list[tuple[str, bytes]] = field(default_factory=list)
    down: int = 0

    def heard(self) -> list[Callback | None]:
        """What the rail makes of the calls so far."""
        self.house.wallets.callbacks.wait()
        return [
            self.house.rail.read_callback(path.removeprefix(HOOK).lstrip("/"), SIGNED, body)
            for path, body in self.calls
        ]


@pytest.fixture
def merchant(clock: Clock) -> Iterator[Merchant]:
    app = Flask("merchant")

    def listen(path: str) -> Response:
        assert request.headers["verif-hash"] == SECRET_HASH
        if made.down:
            made.down -= 1
            return Response(status=503)
        made.calls.append((path, request.get_data()))
        return Response(status=200)

    app.add_url_rule("/<path:path>", view_func=listen, methods=["POST"])
    with serving(app) as url, flutterwave_house(clock, url, again=(0.01, 0.01)) as house:
        made = Merchant(house)
        yield made


def test_what_ended_on_a_page_is_told_once(merchant: Merchant) -> None:
    paid, failed, ignored = charge(), charge(), charge()
    for one in (paid, failed, ignored):
        merchant.house.rail.request(one)
    merchant.house.wallets.approve(str(paid.reference))
    merchant.house.wallets.callbacks.wait()
    merchant.house.wallets.fail(str(failed.reference))
    assert merchant.heard() == [
        Callback(charges=(paid.reference,)),
        Callback(charges=(failed.reference,)),
    ]
    told = [json.loads(body)["data"]["status"] for _, body in merchant.calls]
    assert told == ["successful", "failed"]


def test_a_call_that_nobody_took_comes_again(merchant: Merchant) -> None:
    merchant.down = 2
    paid = charge()
    merchant.house.rail.request(paid)
    merchant.house.wallets.approve(str(paid.reference))
    assert merchant.heard() == [Callback(charges=(paid.reference,))]


def test_a_refund_is_told_of_at_the_address_that_it_was_asked_for_with(merchant: Merchant) -> None:
    paid = charge()
    merchant.house.rail.request(paid)
    merchant.house.wallets.approve(str(paid.reference))
    refund = RefundRequest(uuid4(), paid.reference, paid.amount, 1001, "note")
    merchant.house.rail.refund(refund)
    assert Callback(refunds=(refund.reference,)) in merchant.heard()


def test_a_transfer_is_told_of_by_its_reference(merchant: Merchant) -> None:
    payout = PayoutRequest(uuid4(), Money(48_000, "UGX"), PAYER, "note")
    merchant.house.rail.payout(payout)
    assert merchant.heard() == [Callback(payouts=(payout.reference,))]


def test_a_shops_own_account_speaks_of_its_own_money_only(postgres: Sessions, clock: Clock) -> None:
    """Its attempts go through its own account, and only that account's secret makes us ask."""
    with flutterwave_house(clock) as house:
        own = Flutterwave(replace(house.settings, webhook_hash="own-hash"), public_url=NOWHERE)
        credentials = {"flutterwave_secret_key": "own", "flutterwave_webhook_hash": "own-hash"}

        def factory(given: Mapping[str, str]) -> Rail | None:
            return own if given == credentials else None

        platform: dict[str, Rail] = {"flutterwave": house.rail, "cash": Cash()}
        rails = Rails(platform, {"flutterwave": factory}, NoVault())
        market = make_market(postgres, clock, rails)
        taken = {"rails": ["flutterwave"], "credentials": credentials}
        market.at_shop(lambda scope: setattr(scope.shop, "settings", {"payments": taken}))
        attempt_id = opened(market, market.order())
        told = {"event": "charge.completed", "data": {"tx_ref": str(attempt_id)}}
        body = json.dumps(told).encode()

        def woken(secret: str) -> tuple[int, bool]:
            before = len(market.woken)
            status = heard(market.world, "flutterwave", "", {"verif-hash": secret}, body)
            return status, any(attempt_id in one.asked for one in market.woken[before:])

        assert woken("guessed") == (403, False)
        assert woken(SECRET_HASH) == (200, False)
        assert woken("own-hash") == (200, True)
