"""Who may knock for a payment provider, and what about, with accounts of the platform's and of shops."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.hub.money import MOST_NOTED, UNKNOWN_REFERENCE, answer, heard
from payments.airtel import Airtel
from payments.airtel.emulator.words import signed
from payments.cash import Cash
from payments.rail import Rails
from payments.taking.submitting import submit
from store.facts import note
from store.models import FactRow, PayoutRow
from store.transaction import AWAY, Sessions, open_engine, open_sessions
from tests.fakes.airtel import PAYER, WEBHOOK_SECRET, EmulatedAirtel, emulated_airtel
from tests.fakes.paying import Clock, Market, make_market


@pytest.fixture
def airtel(clock: Clock) -> Iterator[EmulatedAirtel]:
    with emulated_airtel(clock) as emulated:
        yield emulated


@pytest.fixture
def rails(airtel: EmulatedAirtel, clock: Clock) -> Rails:
    def own(credentials: dict[str, str]) -> Airtel | None:
        settings = airtel.settings.with_own(credentials)
        return Airtel(settings, clock=clock.seconds) if settings else None

    return Rails({"airtel": airtel.rail, "cash": Cash()}, {"airtel": own})  # type: ignore[dict-item]


@dataclass
class Trader:
    """A shop, and the key that signs for its account."""

    market: Market
    secret: str | None

    def prompted(self) -> UUID:
        """An attempt whose prompt is on the phone, and of which nothing is due."""
        number = self.market.order()
        attempt = self.market.at_shop(
            lambda scope: self.market.port(scope).open(number, "airtel", PAYER)
        )
        attempt_id = UUID(attempt.id)  # type: ignore[union-attr]
        submit(self.market.world, attempt_id)
        return attempt_id

    def due(self, attempt_id: UUID) -> bool:
        at = self.market.attempt(attempt_id).next_poll_at
        return at is not None and at <= self.market.clock.now()

    def calls(self, reference: UUID, secret: str | None = None, **more: str) -> int:
        """What the provider is answered when it speaks of `reference`."""
        body = signed({"id": reference.hex, "status_code": "TS", **more}, secret or self.secret)
        return self.hears(body)

    def hears(self, body: bytes, name: str = "airtel") -> int:
        return heard(self.market.world, name, "", {}, body)

    def facts(self) -> list[dict[str, object]]:
        wanted = select(FactRow.values).where(FactRow.name == UNKNOWN_REFERENCE)
        return self.market.world.read(lambda session: list(session.scalars(wanted)))


@pytest.fixture
def trader(sessions: Sessions, clock: Clock, rails: Rails) -> Callable[..., Trader]:
    """Opens a shop; with credentials, one of an account of its own."""

    def opened(**credentials: str) -> Trader:
        market = make_market(sessions, clock, rails)
        payments = {"rails": ["airtel"], "credentials": credentials}
        market.at_shop(lambda scope: setattr(scope.shop, "settings", {"payments": payments}))
        secret = credentials.get("airtel_webhook_secret") if credentials else WEBHOOK_SECRET
        return Trader(market, secret)

    return opened


def account(secret: str | None) -> dict[str, str]:
    """A shop's own, at the same emulator."""
    own = {"airtel_client_id": "client", "airtel_client_secret": "secret"}
    return own | ({"airtel_webhook_secret": secret} if secret else {})


def test_a_signed_call_makes_its_attempt_due(trader: Callable[..., Trader]) -> None:
    shop = trader()
    attempt = shop.prompted()
    assert not shop.due(attempt)
    assert shop.calls(attempt) == 200
    assert shop.due(attempt)
    assert shop.market.woken[-1].asked == {attempt}


@pytest.mark.parametrize("secret", ["guessed", None])
def test_a_forged_call_is_refused_and_changes_nothing(
    trader: Callable[..., Trader], secret: str | None
) -> None:
    shop = trader()
    attempt = shop.prompted()
    body = signed({"id": attempt.hex, "status_code": "TS"}, secret)
    assert shop.hears(body) == 403
    assert not shop.due(attempt)
    assert shop.facts() == []


def test_a_shops_own_account_signs_for_its_own_money(trader: Callable[..., Trader]) -> None:
    shop = trader(**account("own-key"))
    attempt = shop.prompted()
    assert shop.calls(attempt) == 200
    assert shop.due(attempt)


def test_nobody_signs_for_anothers_money(trader: Callable[..., Trader]) -> None:
    platforms, mine = trader(), trader(**account("my-key"))
    theirs = trader(**account("their-key"))
    attempt, mine_open = theirs.prompted(), mine.prompted()
    # By a key that has nothing to do with it.
    assert theirs.calls(attempt, "my-key") == 403
    # By the platform's: a true call, about money that is not the platform's.
    assert theirs.calls(attempt, WEBHOOK_SECRET) == 200
    # By a key of one's own, beside a reference of one's own.
    assert theirs.calls(attempt, "my-key", message=str(mine_open)) == 200
    assert not theirs.due(attempt)
    assert not mine.due(mine_open)
    assert platforms.calls(platforms.prompted(), "my-key") == 403
    assert theirs.facts() == []


def test_an_account_without_a_key_gives_hints_about_its_own_money_only(
    trader: Callable[..., Trader],
) -> None:
    keyless, platforms = trader(**account(None)), trader()
    attempt, other = keyless.prompted(), platforms.prompted()
    assert keyless.hears(signed({"id": attempt.hex}, None)) == 200
    assert keyless.due(attempt)
    assert keyless.hears(signed({"id": other.hex, "message": str(attempt)}, None)) == 200
    assert not platforms.due(other)


def test_money_that_nobody_asked_for_is_counted(trader: Callable[..., Trader]) -> None:
    shop, reference = trader(), uuid4()
    assert shop.calls(reference) == 200
    assert shop.facts() == [{"rail": "airtel", "reference": str(reference)}]


def test_what_is_counted_does_not_fill_the_books(trader: Callable[..., Trader]) -> None:
    shop = trader()

    def many(session: Session) -> None:
        for _ in range(MOST_NOTED):
            note(session, UNKNOWN_REFERENCE, {"rail": "airtel"}, shop.market.clock.now())

    shop.market.world.read(many)
    assert shop.calls(uuid4()) == 200
    assert len(shop.facts()) == MOST_NOTED
    shop.market.clock.pass_by(hours=1, seconds=1)
    assert shop.calls(uuid4()) == 200
    assert len(shop.facts()) == MOST_NOTED + 1


def test_a_call_about_a_payout_has_it_asked_about(trader: Callable[..., Trader]) -> None:
    shop, payout_id = trader(), uuid4()
    market = shop.market
    market.at_shop(lambda scope: scope.session.add(payout(market, payout_id)))
    assert shop.calls(payout_id) == 200
    row = market.world.read(lambda session: session.get_one(PayoutRow, payout_id))
    assert row.next_poll_at == market.clock.now()
    assert shop.facts() == []


def payout(market: Market, payout_id: UUID) -> PayoutRow:
    return PayoutRow(
        id=payout_id,
        shop_id=market.shop_id,
        account="seller",
        person_id=market.person_id,
        phone=PAYER,
        rail="airtel",
        amount=20_000,
        fee=0,
        currency="UGX",
        status="pending",
        submitted_at=market.clock.now(),
        created_at=market.clock.now(),
    )


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"null"])
def test_rubbish_is_refused_where_calls_are_signed(
    trader: Callable[..., Trader], body: bytes
) -> None:
    assert trader().hears(body) == 403


def test_a_rail_that_nobody_has_is_not_found(trader: Callable[..., Trader]) -> None:
    assert trader().hears(json.dumps({"id": str(uuid4())}).encode(), "flutterwave") == 404


def test_an_account_that_is_gone_signs_for_nothing(trader: Callable[..., Trader]) -> None:
    shop = trader(**account("own-key"))
    attempt = shop.prompted()
    market = replace(shop.market)
    payments = {"rails": ["airtel"], "credentials": account("new-key")}
    market.at_shop(lambda scope: setattr(scope.shop, "settings", {"payments": payments}))
    assert shop.calls(attempt) == 403
    assert shop.calls(attempt, "new-key") == 200
    assert shop.due(attempt)


@pytest.mark.parametrize("calls_again", [True, False])
def test_with_the_database_away_only_who_calls_again_is_sent_away(
    trader: Callable[..., Trader], calls_again: bool
) -> None:
    away = open_engine("postgresql://nobody@127.0.0.1:9/nothing?connect_timeout=1", pool=1)
    world = replace(trader().market.world, sessions=open_sessions(away))
    body = signed({"id": uuid4().hex, "status_code": "TS"}, WEBHOOK_SECRET)
    with Flask("hub").test_request_context(data=body, method="POST"):
        if calls_again:
            with pytest.raises(AWAY):
                answer(world, "airtel", calls_again=True)
        else:
            assert answer(world, "airtel", calls_again=False).status_code == 200
