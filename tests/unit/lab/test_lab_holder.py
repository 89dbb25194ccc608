"""The owner of a wallet, and answers that come late, twice or never."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from bot.lab.circuits import RAILS
from bot.lab.emulators import Emulators
from bot.lab.handsets import Handsets
from bot.lab.holder import Holder
from payments.emulated import Wallets
from tests.fakes.lab import AMINA, NOW, prompt

PATIENCE = 5.0


@dataclass
class Scene:
    """A prompt "r1" on Amina's phone. `given_up` are the references that the shop stops waiting for."""

    holder: Holder
    wallets: Wallets
    handsets: Handsets
    emulators: Emulators
    given_up: list[str] = field(default_factory=list)

    @property
    def status(self) -> str:
        return self.wallets.all()[0].status

    @property
    def on_screen(self) -> bool:
        return bool(self.handsets.asks(AMINA, {AMINA}))


@pytest.fixture
def scene(emulators: Emulators) -> Scene:
    handsets = Handsets(emulators, lambda: NOW)
    given_up: list[str] = []
    holder = Holder(handsets, emulators.purses, emulators.switches, given_up.append)
    emulators.purses["mtn-momo"].ask(
        replace(prompt("r1"), callback_url="http://127.0.0.1:9/webhooks/r1")
    )
    return Scene(holder, emulators.purses["mtn-momo"], handsets, emulators, given_up)


def eventually(seen: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if seen():
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize(
    ("word", "status", "reason"),
    [
        ("approve", "taken", None),
        ("refuse", "failed", "APPROVAL_REJECTED"),
        ("short", "failed", "NOT_ENOUGH_FUNDS"),
        ("ignore", "waiting", None),
    ],
)
def test_an_answer_is_given_at_once(
    scene: Scene, word: str, status: str, reason: str | None
) -> None:
    scene.holder.answer("r1", word)
    assert (scene.status, scene.wallets.all()[0].reason) == (status, reason)
    assert not scene.on_screen
    assert scene.given_up == []


@pytest.mark.parametrize("word", ["approve", "refuse", "short"])
def test_a_late_answer_comes_after_the_shop_gave_up(scene: Scene, word: str) -> None:
    scene.emulators.switches.throw("wallet/late", 1, 0.2)
    scene.holder.answer("r1", word)
    assert scene.given_up == ["r1"]
    assert scene.status == "waiting"
    assert not scene.on_screen
    assert eventually(lambda: scene.status != "waiting")


def test_an_answer_that_never_comes_leaves_the_prompt_to_lapse(scene: Scene) -> None:
    scene.emulators.switches.throw("wallet/never")
    scene.holder.answer("r1", "approve")
    assert scene.given_up == ["r1"]
    assert not scene.on_screen
    assert scene.status == "waiting"
    (line,) = scene.emulators.switches.panel().log
    assert line.text == "Never answered: “yes” to UGX 71,000 on +256 762 345111"


def test_a_second_answer_calls_back_once_more(scene: Scene) -> None:
    scene.emulators.switches.throw("wallet/twice", 1, 0.1)
    scene.holder.answer("r1", "approve")
    assert scene.status == "taken"
    assert eventually(lambda: len(scene.wallets.callbacks.statuses) == 2)
    assert scene.given_up == []


def test_putting_a_prompt_off_is_no_answer_that_a_switch_could_strike(scene: Scene) -> None:
    scene.emulators.switches.throw("wallet/never")
    scene.holder.answer("r1", "ignore")
    assert scene.emulators.switches.panel().log == []


@pytest.mark.parametrize(("reference", "word"), [("r2", "approve"), ("r1", "steal")])
def test_what_is_no_prompt_or_no_answer_is_not_known(
    scene: Scene, reference: str, word: str
) -> None:
    with pytest.raises(KeyError):
        scene.holder.answer(reference, word)
    assert scene.status == "waiting"


def test_half_the_money_is_taken_once(scene: Scene) -> None:
    scene.emulators.switches.throw("wallet/other")
    scene.holder.answer("r1", "approve")
    assert scene.wallets.all()[0].moved == ("35500", "UGX")
    assert scene.wallets.faults.other_amount is None


def test_money_that_was_taken_can_be_taken_back(scene: Scene) -> None:
    scene.emulators.switches.throw("wallet/back", 1, 0.1)
    scene.holder.answer("r1", "approve")
    assert scene.status == "taken"
    assert eventually(lambda: scene.status == "reversed")


@pytest.mark.parametrize("rail", ["airtel", "paystack"])
def test_a_prompt_of_any_rail_is_answered(scene: Scene, rail: str) -> None:
    purse = scene.emulators.purses[rail]
    purse.faults.drop_callbacks = True
    asked = replace(prompt("r2"), extra={"id": "7", "access_code": "", "email": "", "back": ""})
    purse.ask(asked)
    titles = {ask.reference: ask.title for ask in scene.handsets.asks(AMINA, {AMINA})}
    assert titles["r2"] == RAILS[rail]
    scene.holder.answer("r2", "short")
    assert (purse.all()[0].status, purse.all()[0].reason) == ("failed", purse.dialect.short)
