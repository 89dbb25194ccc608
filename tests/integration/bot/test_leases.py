"""Who may send for an address, and what is sent next."""

from datetime import timedelta

from sqlalchemy import update
from town import AMINA, BINTI, SMS, Town

from bot.outbox import claim
from bot.outbox.recording import Outcome, record
from channels.channel import Sent
from store.models import AddressRow

TERM = timedelta(seconds=30)


def _take(town: Town) -> claim.Lease | None:
    address = town.address().id
    return town.do(lambda s: claim.take_lease(s, address, TERM, town.now))


def _expire(town: Town) -> None:
    past = town.now - timedelta(minutes=5)
    town.do(lambda s: s.execute(update(AddressRow).values(lease_until=past)))


def _next(town: Town, lease: claim.Lease) -> list[str]:
    return [row.body for row in town.do(lambda s: claim.next_rows(s, lease, town.now, 20))]


def test_an_address_is_taken_by_one_at_a_time(town: Town) -> None:
    lease = _take(town)
    assert lease is not None
    assert _take(town) is None
    town.do(lambda s: claim.release(s, lease, timedelta(0), town.now))
    assert _take(town) is not None


def test_an_address_whose_holder_died_is_taken_again_and_the_dead_are_fenced_off(
    town: Town,
) -> None:
    old = _take(town)
    assert old is not None
    _expire(town)
    new = _take(town)
    assert new is not None
    assert new.token > old.token
    assert not town.do(lambda s: claim.renew(s, old, TERM, town.now))
    town.do(lambda s: claim.release(s, old, timedelta(0), town.now))
    assert _take(town) is None
    assert town.do(lambda s: claim.renew(s, new, TERM, town.now))


def test_what_a_fenced_off_holder_writes_down_changes_nothing(town: Town) -> None:
    [number] = town.post("hello")
    old = _take(town)
    assert old is not None
    town.do(lambda s: claim.mark_sending(s, claim.next_rows(s, old, town.now, 20), old))
    _expire(town)
    new = _take(town)
    assert new is not None
    town.do(lambda s: claim.mark_sending(s, claim.next_rows(s, new, town.now, 20), new))
    late = [Outcome(town.row(number), Sent("SM-old"))]
    town.do(lambda s: record(town.world, old, late, s))
    assert (town.row(number).status, town.row(number).provider_id) == ("sending", None)
    town.do(lambda s: record(town.world, new, late, s))
    assert (town.row(number).status, town.row(number).provider_id) == ("sent", "SM-old")


def test_an_address_that_rests_is_nobodys_until_the_rest_is_over(town: Town) -> None:
    town.post("hello")
    lease = _take(town)
    assert lease is not None
    town.do(lambda s: claim.release(s, lease, timedelta(seconds=60), town.now))
    assert _take(town) is None
    assert town.do(lambda s: claim.addresses_due(s, town.now)) == []
    _expire(town)
    assert list(town.do(lambda s: claim.addresses_due(s, town.now))) == [town.address().id]


def test_only_the_first_unsent_message_of_each_person_is_next(town: Town) -> None:
    town.post("amina 1", "amina 2", to=AMINA)
    town.post("binti 1", to=BINTI)
    lease = _take(town)
    assert lease is not None
    assert _next(town, lease) == ["amina 1", "binti 1"]


def test_replies_go_before_bulk_and_do_not_wait_behind_it(town: Town) -> None:
    town.post("offer", to=AMINA, kind="bulk")
    town.post("answer", to=AMINA)
    town.post("offer to binti", to=BINTI, kind="bulk")
    lease = _take(town)
    assert lease is not None
    assert _next(town, lease) == ["answer", "offer to binti"]


def test_a_message_that_backs_off_holds_up_only_its_own_person(town: Town) -> None:
    first, _ = town.post("amina 1", "amina 2", to=AMINA)
    town.post("binti 1", to=BINTI)
    town.change(first, due_at=town.now + timedelta(seconds=30))
    lease = _take(town)
    assert lease is not None
    assert _next(town, lease) == ["binti 1"]
    town.skip(seconds=31)
    assert _next(town, lease) == ["amina 1", "binti 1"]


def test_what_waits_behind_a_message_that_backs_off_is_not_due(town: Town) -> None:
    first, _ = town.post("amina 1", "amina 2", to=AMINA)
    town.change(first, due_at=town.now + timedelta(seconds=30))
    address = town.address().id
    assert not town.do(lambda s: claim.anything_due(s, address, town.now))
    assert town.do(lambda s: claim.addresses_due(s, town.now)) == []
    town.skip(seconds=31)
    assert town.do(lambda s: claim.anything_due(s, address, town.now))
    assert list(town.do(lambda s: claim.addresses_due(s, town.now))) == [address]


def test_the_sweep_leaves_alone_what_somebody_delivers(town: Town) -> None:
    town.post("by whatsapp")
    town.post("by sms", via=SMS)
    assert _take(town) is not None
    due = town.do(lambda s: claim.addresses_due(s, town.now))
    assert list(due) == [town.address(SMS).id]
