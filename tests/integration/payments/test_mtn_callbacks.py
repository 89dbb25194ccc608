"""The emulator calls back as MTN does: a PUT, once, to the address it was given."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask, Response, request

from channels.emulated import serving
from payments.charge import Charge
from payments.emulated import Answer, Asked, Call, Move
from payments.mtn_momo import MtnMomo
from payments.mtn_momo.emulator import Wallets
from tests.fakes.paying import Clock, Mtn, charge

ABOUT = Asked(Move.CHARGE, "1", "", "1", "UGX")


@dataclass
class Merchant:
    """A server that listens for callbacks."""

    url: str
    rail: MtnMomo
    heard: list[tuple[str, str, str]] = field(default_factory=list)


@pytest.fixture
def merchant(mtn: Mtn, clock: Clock) -> Iterator[Merchant]:
    app = Flask("merchant")
    heard: list[tuple[str, str, str]] = []

    def listen(path: str) -> Response:
        heard.append((request.method, path, request.get_json()["status"]))
        return Response(status=200)

    app.add_url_rule("/<path:path>", view_func=listen, methods=["PUT", "POST"])
    mtn.wallets.faults.drop_callbacks = False
    with serving(app) as url:
        yield Merchant(url, MtnMomo(mtn.settings, public_url=url, clock=clock.seconds), heard)
        mtn.wallets.callbacks.wait()


def asked(merchant: Merchant) -> Charge:
    made = charge()
    merchant.rail.request(made)
    return made


def test_an_approval_is_called_back_once(mtn: Mtn, merchant: Merchant) -> None:
    made = asked(merchant)
    mtn.wallets.approve(str(made.reference))
    mtn.wallets.approve(str(made.reference))
    mtn.wallets.callbacks.wait()
    assert merchant.heard == [("PUT", f"webhooks/mtn-momo/{made.reference}", "SUCCESSFUL")]


def test_callbacks_can_be_lost_or_doubled(mtn: Mtn, merchant: Merchant) -> None:
    mtn.wallets.faults.drop_callbacks = True
    mtn.wallets.refuse(str(asked(merchant).reference))
    mtn.wallets.callbacks.wait()
    assert merchant.heard == []
    mtn.wallets.faults.drop_callbacks, mtn.wallets.faults.double_callbacks = False, True
    mtn.wallets.refuse(str(asked(merchant).reference))
    mtn.wallets.callbacks.wait()
    assert [status for _, _, status in merchant.heard] == ["FAILED", "FAILED"]


def test_wallets_may_answer_by_themselves(mtn: Mtn, merchant: Merchant) -> None:
    mtn.wallets.auto = Answer.APPROVE
    made = asked(merchant)
    mtn.wallets.callbacks.wait()
    assert [status for _, _, status in merchant.heard] == ["SUCCESSFUL"]
    assert mtn.wallets.find(str(made.reference)) is not None


def test_a_handset_sees_its_own_prompts_until_they_lapse(
    mtn: Mtn, merchant: Merchant, clock: Clock
) -> None:
    made = asked(merchant)
    (prompt,) = mtn.wallets.prompts(made.payer)
    assert (prompt.amount, prompt.message) == ("48000", "Mama Njeri s Foods #1001")
    assert not mtn.wallets.prompts("+256772000000")
    mtn.wallets.ignore(prompt.reference)
    clock.pass_by(minutes=5)
    assert not mtn.wallets.prompts(made.payer)
    mtn.wallets.callbacks.wait()
    assert [status for _, _, status in merchant.heard] == ["FAILED"]


def test_nobody_outside_this_machine_is_ever_called(mtn: Mtn) -> None:
    with pytest.raises(ValueError, match="outside this machine"):
        mtn.wallets.callbacks.send(lambda _: Call("https://example.com/webhooks", b"{}"), ABOUT)


def test_a_merchant_known_by_a_public_name_is_called_on_this_machine(
    mtn: Mtn, merchant: Merchant, clock: Clock
) -> None:
    wallets = Wallets(clock.now, target=merchant.url)
    said = Call("https://sokoni.example/webhooks/mtn-momo/1", b'{"status": "FAILED"}', method="PUT")
    wallets.callbacks.send(lambda _: said, ABOUT)
    wallets.callbacks.wait()
    assert merchant.heard == [("PUT", "webhooks/mtn-momo/1", "FAILED")]
    assert not mtn.wallets.callbacks.reaches("https://sokoni.example/webhooks")
