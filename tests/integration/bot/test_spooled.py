"""What arrives while the database is away is taken in later, in order, each once."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from town import AMINA, SMS, Town

from bot.catchup import CatchUp
from bot.hub.receive import Hub
from bot.spool import KEPT
from channels.channel import OptOut, Receipt, ReceiptStatus, UssdNotice
from store.models import AddressRow, CustomerRow, FactRow


@dataclass
class Unsteady:
    """A database that can be away."""

    open: Callable[[], Session]
    away: threading.Event

    def __call__(self) -> Session:
        if self.away.is_set():
            raise OperationalError("BEGIN", {}, Exception("connection refused"))
        return self.open()


@pytest.fixture
def away(town: Town) -> threading.Event:
    """While it is set, the server cannot reach the database; the test itself can."""
    away = threading.Event()
    unsteady = replace(town.world, sessions=Unsteady(town.world.sessions, away))
    town.hub = Hub(unsteady)
    return away


def _waiting(town: Town) -> int:
    return len(list(town.world.spool.directory.glob("*.json")))


def _replay(town: Town) -> int:
    return town.world.spool.replay(town.hub.replay)


def test_messages_wait_on_disk_and_are_answered_in_order(town: Town, away: threading.Event) -> None:
    away.set()
    for words in ("add 1 soap", "make soap 2"):
        town.receive(words)
    assert _waiting(town) == 2
    assert town.inbox() == []
    away.clear()
    # A newer one does not overtake them.
    town.receive("make soap 3")
    assert town.inbox() == []
    assert _replay(town) == 3
    assert _waiting(town) == 0
    for row, total in zip(town.outbox(), ("4,500", "9,000", "13,500"), strict=True):
        assert total in row.body
    town.receive("make soap 4")
    assert "18,000" in town.outbox()[-1].body


def test_a_redelivery_in_the_spool_is_answered_once(town: Town, away: threading.Event) -> None:
    inbound = town.inbound("hi")
    town.hub.receive(town.account, [inbound])
    away.set()
    for _ in range(3):
        town.hub.receive(town.account, [inbound])
    away.clear()
    _replay(town)
    assert len(town.outbox()) == 1


def test_a_database_that_goes_away_again_leaves_the_rest_in_place(
    town: Town, away: threading.Event
) -> None:
    away.set()
    town.receive("add 1 soap")
    town.receive("make soap 2")
    with pytest.raises(OperationalError):
        _replay(town)
    assert _waiting(town) == 2
    away.clear()
    assert _replay(town) == 2
    assert len(town.outbox()) == 2


def test_what_waited_long_in_the_spool_is_asked_again(town: Town, away: threading.Event) -> None:
    away.set()
    town.receive("add 3 soap")
    away.clear()
    town.skip(minutes=11)
    _replay(town)
    [answer] = town.outbox()
    assert "add 3 soap" in answer.body
    assert "13,500" not in answer.body
    assert town.inbox()[0].received_at == town.now - timedelta(minutes=11)


def test_receipts_opt_outs_and_notices_wait_too(town: Town, away: threading.Event) -> None:
    town.receive("hi")
    number = town.outbox()[0].id
    town.delivery().deliver(town.address().id)
    away.set()
    account = town.account
    receipt = Receipt("twilio", account.id, "SM1", ReceiptStatus.DELIVERED)
    town.hub.receive(account, [receipt], town.row(number).reference)
    town.hub.receive(account, [OptOut("twilio", account.id, SMS, AMINA)])
    town.hub.receive(account, [UssdNotice("twilio", account.id, "s1", "*2#", AMINA, "Success")])
    assert _waiting(town) == 3
    away.clear()
    assert _replay(town) == 3
    assert town.row(number).status == "delivered"
    assert town.do(lambda s: s.query(CustomerRow).one()).opted_out_at is not None
    assert town.do(lambda s: s.query(FactRow).filter_by(name="ussd-ended").count()) == 1


def test_a_message_to_a_line_with_an_account_of_its_own_waits_for_that_account(
    town: Town, away: threading.Event
) -> None:
    own = {"account_sid": "AC" + "2" * 32, "auth_token": "own"}
    town.do(lambda s: s.execute(update(AddressRow).values(credentials=own)))
    account = town.world.accounts.of(town.address())
    assert account is not None
    away.set()
    town.hub.receive(account, [town.inbound("hi")])
    # Nor does another account get in by the same road.
    town.hub.receive(town.account, [town.inbound("hi", to=SMS)])
    away.clear()
    assert _replay(town) == 2
    assert [row.text for row in town.inbox()] == ["hi"]


def test_a_message_whose_account_is_gone_is_put_aside_and_blocks_nothing(
    town: Town, away: threading.Event
) -> None:
    gone = replace(town.account, id="AC" + "9" * 32)
    away.set()
    town.hub.receive(gone, [town.inbound("hi")])
    town.receive("hi")
    away.clear()
    assert _replay(town) == 1
    assert len(town.outbox()) == 1
    assert len(list(town.world.spool.directory.glob("*.aside"))) == 1


def test_what_an_earlier_version_kept_is_taken_in(town: Town, away: threading.Event) -> None:
    """It wrote down the account's id, or the secret of its path."""
    away.set()
    town.receive("hi")
    [file] = town.world.spool.directory.glob("*.json")
    kept = KEPT.validate_json(file.read_bytes())
    file.write_bytes(KEPT.dump_json(replace(kept, claim=town.account.id)))
    away.clear()
    assert _replay(town) == 1
    assert len(town.outbox()) == 1


def test_the_catch_up_replays_the_spool_as_soon_as_it_can(
    town: Town, away: threading.Event
) -> None:
    away.set()
    town.receive("hi")
    catch_up = CatchUp(town.hub.world)
    catch_up.start()
    try:
        away.clear()
        for _ in range(50):
            if town.outbox():
                break
            threading.Event().wait(0.1)
    finally:
        catch_up.stop()
    assert len(town.outbox()) == 1
    assert _waiting(town) == 0
