"""A message that is received and answered in one transaction, and what keeps it from that."""

import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import event, select
from town import AMINA, Town

from bot.talk import lock_talk
from store.models import CartLineRow, CartRow, ConversationRow, InboxRow


@pytest.fixture
def commits(town: Town) -> Iterator[list[str]]:
    seen: list[str] = []

    def see(connection) -> None:  # type: ignore[no-untyped-def]
        seen.append("commit")

    event.listen(town.world.engine, "commit", see)
    yield seen
    event.remove(town.world.engine, "commit", see)


def _answers(town: Town) -> list[str]:
    return [row.body for row in town.outbox()]


def test_a_message_is_received_and_answered_in_one_transaction(
    town: Town, commits: list[str]
) -> None:
    town.receive("hi")
    assert len(commits) == 1
    [row] = town.inbox()
    assert row.done_at is not None
    assert len(_answers(town)) == 1


def test_a_redelivery_is_answered_once_whoever_was_first(town: Town) -> None:
    message = town.inbound("hi")
    town.hub.receive(town.account, [message])
    town.hub.receive(town.account, [message])
    town.skip(days=9)
    town.hub.receive(town.account, [message])
    assert len(_answers(town)) == 1
    assert len(town.inbox()) == 1


def test_what_waits_from_before_is_answered_first(town: Town) -> None:
    town.receive("hi")
    town.arrive("add 1 soap")
    town.receive("cart")
    _, added, cart = _answers(town)
    assert "4,500" in added
    assert "4,500" in cart


def test_what_changed_while_the_lock_was_waited_for_is_seen(busy_town: Town) -> None:
    """The look that waits for the lock began before the other turn's end."""
    town = busy_town
    town.receive("hi")
    shop, person = town.shop().id, town.person(AMINA).id
    with town.world.sessions() as session, session.begin():
        talk = lock_talk(session, shop, person, town.now)
        asking = threading.Thread(target=town.receive, args=("cart",))
        asking.start()
        time.sleep(0.5)
        assert asking.is_alive()
        cart = CartRow(
            shop_id=shop,
            person_id=person,
            status="open",
            updated_at=town.now,
            lines=[CartLineRow(sku="soap", quantity=3, unit_price=4500, position=1)],
        )
        session.add(cart)
        talk.row.turns += 1
        talk.keep(session)
    asking.join(5)
    assert "13,500" in _answers(town)[-1]


def test_two_turns_count_two(town: Town) -> None:
    town.receive("hi")
    town.receive("cart")
    assert town.do(lambda s: s.scalar(select(ConversationRow.turns))) == 2


def test_digits_that_chose_nothing_are_blanked_in_the_same_transaction(
    town: Town, commits: list[str]
) -> None:
    town.receive("hi")
    commits.clear()
    town.receive("48213")
    assert len(commits) == 1
    texts = town.do(lambda s: list(s.scalars(select(InboxRow.text).order_by(InboxRow.id))))
    assert "48213" not in texts[-1]
