"""MTN emulated on a loopback port, and a market that pays through it."""

from collections.abc import Iterator

import pytest
from flask import Flask, Response, request

from channels.emulated import serving
from payments.cash import Cash
from payments.mtn_momo import MtnMomo, MtnSettings
from payments.mtn_momo.emulator import Account, Wallets, create_emulator
from payments.paystack import Paystack, PaystackSettings
from payments.paystack import emulator as paystacks
from payments.rail import Rails
from store.transaction import Sessions
from tests.fakes.banking import OWNER, RIDER, Bank, make_bank
from tests.fakes.paying import USER, Clock, Market, Mtn, make_market
from tests.fakes.paystacking import SECRET, Emulated, move_to


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def mtn(clock: Clock) -> Iterator[Mtn]:
    account = Account(USER, "secret", "collection", "disbursement")
    wallets = Wallets(clock.now)
    with serving(create_emulator(account, wallets, clock.now)) as url:
        settings = MtnSettings(url, "mtnuganda", "collection", USER, "secret", "disbursement")
        # Callbacks of these tests go nowhere: port 9 discards.
        rail = MtnMomo(settings, public_url="http://127.0.0.1:9", clock=clock.seconds)
        wallets.faults.drop_callbacks = True
        yield Mtn(url, wallets, rail, settings)


@pytest.fixture
def rails(mtn: Mtn) -> Rails:
    return Rails({"mtn-momo": mtn.rail, "cash": Cash()})


@pytest.fixture
def market(sessions: Sessions, clock: Clock, rails: Rails) -> Market:
    return make_market(sessions, clock, rails)


@pytest.fixture
def market_on_postgres(postgres: Sessions, clock: Clock, rails: Rails) -> Market:
    return make_market(postgres, clock, rails)


@pytest.fixture
def paystack(clock: Clock) -> Iterator[Emulated]:
    told: list[tuple[str, bytes]] = []
    merchant = Flask("merchant")

    def listen() -> Response:
        told.append((request.headers["X-Paystack-Signature"], request.get_data()))
        return Response(status=200)

    merchant.add_url_rule("/webhooks/paystack", view_func=listen, methods=["POST"])
    with serving(merchant) as home:
        account = paystacks.Account(SECRET, f"{home}/webhooks/paystack")
        wallets = paystacks.Wallets(account, clock.now)
        with serving(paystacks.create_emulator(account, wallets, clock.now)) as url:
            rail = Paystack(PaystackSettings(url, SECRET), public_url="https://sokoni.example")
            yield Emulated(url, wallets, rail, told)
            wallets.callbacks.wait()


@pytest.fixture
def ghana(postgres: Sessions, clock: Clock, paystack: Emulated) -> Market:
    """A market in Ghana that is paid by Paystack."""
    market = make_market(postgres, clock, Rails({"paystack": paystack.rail, "cash": Cash()}))
    move_to(market)
    market.woken.clear()
    return market


@pytest.fixture
def bank(market: Market, mtn: Mtn) -> Bank:
    mtn.wallets.names.update({OWNER: "WAMBUI NJERI MARY", RIDER: "OKELLO MOSES"})
    return make_bank(market)


@pytest.fixture
def bank_on_postgres(market_on_postgres: Market, mtn: Mtn) -> Bank:
    mtn.wallets.names.update({OWNER: "WAMBUI NJERI MARY", RIDER: "OKELLO MOSES"})
    return make_bank(market_on_postgres)
