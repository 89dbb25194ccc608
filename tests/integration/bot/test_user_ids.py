"""People who hide their number, at a line with an account of its own."""

from dataclasses import replace

import pytest
from sqlalchemy import update
from town import Town

from channels.channel import Account, Sender
from store.models import AddressRow

HIDDEN = Sender(None, "UG.hidden1")


@pytest.fixture
def own(town: Town) -> Account:
    """The shop's lines, with an account of their own."""
    given = {"account_sid": "AC" + "7" * 32, "auth_token": "own"}
    town.do(lambda s: s.execute(update(AddressRow).values(credentials=given)))
    account = town.world.accounts.of(town.address())
    assert account is not None
    return account


def test_they_are_answered_under_the_id_that_the_provider_knows(town: Town, own: Account) -> None:
    message = replace(town.inbound("hi"), account=own.id, sender=HIDDEN)
    town.hub.receive(own, [message])
    town.delivery().deliver(town.address().id)
    assert [sent.to for sent in town.provider.sent] == ["UG.hidden1"]


def test_the_same_id_at_the_platform_is_somebody_else(town: Town, own: Account) -> None:
    message = replace(town.inbound("hi"), sender=HIDDEN)
    town.hub.receive(own, [replace(message, account=own.id)])
    town.do(lambda s: s.execute(update(AddressRow).values(credentials={})))
    town.hub.receive(town.account, [replace(message, message_id="SM2")])
    assert len({row.person_id for row in town.inbox()}) == 2
