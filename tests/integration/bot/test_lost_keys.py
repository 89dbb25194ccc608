"""A line whose credentials cannot be opened for a while."""

from dataclasses import replace

from sqlalchemy import update
from town import Town

from bot.outbox.delivery import Delivery
from bot.vault import FernetVault, key_of
from store.models import AddressRow

OWN = {"account_sid": "AC" + "7" * 32, "auth_token": "own"}


def test_what_is_due_waits_for_the_key_and_leaves_through_its_own_account(town: Town) -> None:
    keys = {name: FernetVault([key_of(name)]) for name in ("right", "wrong")}
    sealed = keys["right"].seal(OWN, town.address().owner_name)
    town.do(lambda s: s.execute(update(AddressRow).values(sealed=sealed)))
    town.post("hello")
    worlds = {
        name: replace(town.world, accounts=replace(town.world.accounts, vault=vault))
        for name, vault in keys.items()
    }
    for name, sent in (("wrong", []), ("right", ["hello"])):
        delivery = Delivery(worlds[name], senders=2, lines=1)
        try:
            delivery.deliver(town.address().id)
        finally:
            delivery.close()
        assert town.provider.texts == sent
        town.skip(hours=1)
    [row] = town.outbox()
    assert row.status == "sent"
