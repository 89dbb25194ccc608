"""The clock does each thing once, whatever fails beside it."""

import threading
from collections.abc import Sequence
from uuid import UUID

import pytest
from redis import ConnectionError as RedisAwayError
from sqlalchemy.orm import Session
from town import SMS, Town

from bot import clockwork
from bot.clockwork import Clock
from bot.wake import RedisWake
from store.due import Duty
from store.models import FactRow, ShopRow
from store.scope import Scope


def _clock(town: Town) -> Clock:
    return Clock(town.world, RedisWake(town.redis))


def _woken(town: Town) -> set[UUID]:
    return set(RedisWake(town.redis).take())


def _due_until_done(name: str, done: str) -> Duty:
    """A duty about the shop itself: due until a fact says that it was done."""

    def find(session: Session, *_: object) -> Sequence[tuple[UUID, UUID]]:
        if session.query(FactRow).filter_by(name=done).count():
            return []
        shop = session.query(ShopRow).one()
        return [(shop.id, shop.id)]

    def act(scope: Scope, subject: UUID) -> None:
        scope.session.query(ShopRow).filter_by(id=subject).with_for_update().one()
        if not scope.session.query(FactRow).filter_by(name=done).count():
            scope.session.add(FactRow(shop_id=subject, name=done, values={}, at=scope.now))

    return Duty(name, find, act)


def _facts(town: Town, name: str) -> int:
    return town.do(lambda s: s.query(FactRow).filter_by(name=name).count())


def test_the_sweep_wakes_what_a_lost_wake_up_left_lying(town: Town) -> None:
    town.post("forgotten", via=SMS)
    _clock(town).tick()
    assert _woken(town) == {town.address(SMS).id}


def test_a_tick_with_nothing_due_wakes_no_address(town: Town) -> None:
    _clock(town).tick()
    assert _woken(town) == set()


def test_two_clocks_do_a_duty_once(busy_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town = busy_town
    monkeypatch.setattr(clockwork, "DUTIES", [_due_until_done("once", "done")])
    clocks = [_clock(town) for _ in range(4)]
    threads = [threading.Thread(target=clock.tick) for clock in clocks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _facts(town, "done") == 1


def test_a_duty_that_raises_keeps_no_other_waiting_and_is_tried_again_later(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[UUID] = []

    def explode(_: Scope, subject: UUID) -> None:
        tried.append(subject)
        raise ZeroDivisionError

    find = _due_until_done("bad", "never").find
    duties = [Duty("bad", find, explode), _due_until_done("good", "done")]
    monkeypatch.setattr(clockwork, "DUTIES", duties)
    town.post("swept too")
    clock = _clock(town)
    clock.tick()
    assert _facts(town, "done") == 1
    assert _woken(town) == {town.address().id}
    clock.tick()
    assert len(tried) == 1
    monkeypatch.setattr(clockwork, "PUT_OFF", -1.0)
    clock = _clock(town)
    clock.tick()
    clock.tick()
    assert len(tried) == 3


def test_what_is_done_seldom_is_not_skipped_because_redis_was_away(town: Town) -> None:
    class Away(RedisWake):
        def once(self, queue: str, job: str) -> None:
            raise RedisAwayError

    clock = Clock(town.world, Away(town.redis))
    with pytest.raises(RedisAwayError):
        clock.tick()
    clock.wake = RedisWake(town.redis)
    clock.tick()
    assert town.redis.llen("rq:queue:maintenance") == 2
    clock.tick()
    assert town.redis.llen("rq:queue:maintenance") == 2
