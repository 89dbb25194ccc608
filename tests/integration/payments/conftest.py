"""MTN emulated on a loopback port, and a market that pays through it."""

from collections.abc import Iterator

import pytest

from channels.emulated import serving
from payments.cash import Cash
from payments.mtn_momo import MtnMomo, MtnSettings
from payments.mtn_momo.emulator import Account, Wallets, create_emulator
from payments.rail import Rails
from store.transaction import Sessions
from tests.fakes.paying import USER, Clock, Market, Mtn, make_market


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
