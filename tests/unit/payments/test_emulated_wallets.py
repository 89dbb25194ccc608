"""The emulated wallets, whatever the provider: prompts, money sent, and whose they are."""

from datetime import timedelta

import pytest

from payments.emulated import Answer, Call, Dialect, Fate, Prompt, Sent, Status, Wallets
from tests.fakes.paying import Clock

PHONE = "+256772123456"


class Quiet(Dialect):
    """Tells the merchant nothing; a payee ending in 9 has a fate."""

    def fate_of_sent(self, sent: Sent) -> Fate | None:
        return Fate(Status.FAILED, "made up") if sent.payee.endswith("9") else None

    def call(self, about: Prompt | Sent) -> Call | None:
        return None


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wallets(clock: Clock) -> Wallets:
    return Wallets(clock.now, Quiet(), window=timedelta(minutes=5))


def ask(wallets: Wallets, clock: Clock, reference: str = "r1") -> Prompt:
    lapses = clock.now() + wallets.window
    prompt = Prompt(reference, PHONE, "48000", "UGX", "Shop", None, clock.now(), lapses)
    wallets.ask(prompt)
    return prompt


def send(wallets: Wallets, reference: str, amount: str, charge: str | None = None) -> Sent:
    sent = Sent(reference, PHONE, amount, "UGX", charge)
    wallets.send(sent)
    return sent


def test_a_prompt_is_answered_once(wallets: Wallets, clock: Clock) -> None:
    prompt = ask(wallets, clock)
    wallets.approve("r1")
    wallets.refuse("r1")
    assert (prompt.status, prompt.moved) == (Status.TAKEN, ("48000", "UGX"))
    assert wallets.by_transaction(str(prompt.transaction)) is prompt


def test_a_prompt_lapses_by_the_clock(wallets: Wallets, clock: Clock) -> None:
    prompt = ask(wallets, clock)
    clock.pass_by(minutes=4, seconds=59)
    assert wallets.prompts(PHONE) == [prompt]
    clock.pass_by(seconds=1)
    assert wallets.prompts(PHONE) == []
    assert (prompt.status, prompt.reason) == (Status.FAILED, "lapsed")


def test_the_next_approval_alone_takes_other_money(wallets: Wallets, clock: Clock) -> None:
    wallets.faults.other_amount, wallets.faults.other_currency = "1", "KES"
    wallets.auto = Answer.APPROVE
    assert ask(wallets, clock, "r1").moved == ("1", "KES")
    assert ask(wallets, clock, "r2").moved == ("48000", "UGX")


def test_only_what_was_taken_is_taken_back(wallets: Wallets, clock: Clock) -> None:
    prompt = ask(wallets, clock)
    wallets.reverse("r1")
    assert prompt.status is Status.WAITING
    wallets.approve("r1")
    wallets.reverse("r1")
    assert prompt.status is Status.REVERSED


def test_no_more_goes_back_than_was_taken(wallets: Wallets, clock: Clock) -> None:
    ask(wallets, clock)
    early = send(wallets, "b0", "1", "r1")
    wallets.approve("r1")
    whole, more = send(wallets, "b1", "48000", "r1"), send(wallets, "b2", "1", "r1")
    strange = send(wallets, "b3", "1", "nobody")
    states = [sent.status.value for sent in (early, whole, more, strange)]
    assert states == ["failed", "taken", "failed", "failed"]


def test_what_is_still_under_way_counts_as_gone(wallets: Wallets, clock: Clock) -> None:
    ask(wallets, clock)
    wallets.approve("r1")
    wallets.faults.slow_sending = True
    send(wallets, "b1", "30000", "r1")
    assert send(wallets, "b2", "30000", "r1").status is Status.FAILED
    wallets.settle("b1", "broken")
    assert send(wallets, "b3", "30000", "r1").status is Status.WAITING


def test_money_that_was_sent_is_settled_once(wallets: Wallets) -> None:
    wallets.faults.slow_sending = True
    sent = send(wallets, "p1", "500")
    wallets.settle("p1")
    wallets.settle("p1", "too late")
    assert (sent.status, sent.reason) == (Status.TAKEN, None)
    assert wallets.payouts() == [sent]
    assert wallets.refunds() == []


def test_the_same_reference_again_is_counted_and_changes_nothing(wallets: Wallets) -> None:
    first = send(wallets, "p1", "500")
    assert not wallets.send(Sent("p1", PHONE, "900", "UGX"))
    assert (first.amount, first.requests) == ("500", 2)


def test_a_made_up_number_has_its_fate(wallets: Wallets) -> None:
    sent = Sent("p1", "+256772123459", "500", "UGX")
    wallets.send(sent)
    assert (sent.status, sent.reason) == (Status.FAILED, "made up")


def test_everybody_has_a_name_that_stays_the_same(wallets: Wallets) -> None:
    assert wallets.holder(PHONE) == wallets.holder(PHONE)
    assert wallets.holder(PHONE) != wallets.holder("+256772123457")
    wallets.names[PHONE] = "Grace Kielelezo"
    assert wallets.holder(PHONE) == "Grace Kielelezo"
    wallets.names[PHONE] = None
    assert wallets.holder(PHONE) is None
    assert wallets.holder("") is None


@pytest.mark.parametrize("name", ["answer", "settle", "call_back", "fail", "reverse"])
def test_what_nobody_asked_for_is_not_known(wallets: Wallets, name: str) -> None:
    arguments = ("r9", Answer.APPROVE) if name == "answer" else ("r9",)
    with pytest.raises(KeyError):
        getattr(wallets, name)(*arguments)
