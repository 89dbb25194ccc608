"""An emulated Flutterwave, and the rail that speaks to it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from channels.emulated import serving
from flows.ports.payments import Attempt
from payments.emulated import Prompt
from payments.flutterwave import Flutterwave, FlutterwaveSettings
from payments.flutterwave.emulator import Account, Pages, Wallets, create_emulator
from payments.taking.submitting import submit
from store.scope import Scope
from tests.fakes.paying import Clock, Market

SECRET_HASH = "the-secret-hash"
SIGNED: Mapping[str, str] = {"Verif-Hash": SECRET_HASH}
# Webhooks of tests that do not look at them go nowhere: port 9 discards.
NOWHERE = "http://127.0.0.1:9"


@dataclass
class FlutterwaveHouse:
    """`pages` are what customers see; `wallets` what became of them."""

    url: str
    wallets: Wallets
    pages: Pages
    rail: Flutterwave
    settings: FlutterwaveSettings

    @property
    def only(self) -> Prompt:
        (prompt,) = self.wallets.all()
        return prompt


@contextmanager
def flutterwave_house(
    clock: Clock, public_url: str = NOWHERE, again: Sequence[float] = ()
) -> Iterator[FlutterwaveHouse]:
    """Its merchant is at `public_url`, which must be on this machine. `again` as in Callbacks."""
    account = Account("FLWSECK_TEST-x", SECRET_HASH, f"{public_url}/webhooks/flutterwave")
    wallets = Wallets(clock.now, account, again=again)
    wallets.faults.drop_callbacks = public_url == NOWHERE
    pages = Pages(wallets, clock.now)
    with serving(create_emulator(account, wallets, clock.now, pages)) as url:
        settings = FlutterwaveSettings(url, account.secret_key, account.webhook_hash)
        rail = Flutterwave(settings, public_url=public_url)
        yield FlutterwaveHouse(url, wallets, pages, rail, settings)
        wallets.callbacks.wait()


def takes(market: Market, *rails: str) -> None:
    """From now on the market's shop takes these."""

    def write(scope: Scope) -> None:
        scope.shop.settings = {"payments": {"rails": [*rails], "credentials": {}}}

    market.at_shop(write)


def opened(market: Market, number: int, rail: str = "flutterwave", payer: str = "") -> UUID:
    """An attempt by `rail` whose request has left."""
    attempt = market.at_shop(lambda scope: market.port(scope).open(number, rail, payer))
    assert isinstance(attempt, Attempt), attempt
    assert submit(market.world, UUID(attempt.id)) is None
    return UUID(attempt.id)
