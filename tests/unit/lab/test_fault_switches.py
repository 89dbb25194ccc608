"""The fault switches by themselves: what is on, how often it strikes, and what the log says."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.lab.circuits import CIRCUITS, Circuit, Switch, circuits_of
from bot.lab.switches import Switches
from bot.lab.wiring import MISHAPS
from channels.emulated import Fate
from payments.emulated import Trouble
from tests.fakes.lab import NOW

IN = "twilio-messages"
ROWS = [pytest.param(c, s, id=f"{c.id}/{s.name}") for c in CIRCUITS for s in c.switches]


@pytest.fixture
def rings() -> Counter[str]:
    return Counter()


@pytest.fixture
def switches(rings: Counter[str]) -> Switches:
    return Switches(CIRCUITS, lambda: NOW, lambda: rings.update(["rung"]))


def struck(switches: Switches, circuit: str, times: int) -> list[str | None]:
    hits = (switches.strike(circuit, "“hi”") for _ in range(times))
    return [hit.name if hit else None for hit in hits]


def test_nothing_strikes_until_a_switch_is_thrown(switches: Switches) -> None:
    assert struck(switches, IN, 2) == [None, None]
    assert switches.panel().log == []


def test_a_switch_strikes_as_often_as_it_was_told_to(switches: Switches) -> None:
    switches.throw(f"{IN}/twice", 3)
    assert struck(switches, IN, 5) == ["twice"] * 3 + [None] * 2
    assert switches.panel().struck == {f"{IN}/twice": 3}
    assert switches.panel().thrown == []


def test_a_switch_without_a_count_strikes_until_it_is_switched_off(switches: Switches) -> None:
    switches.throw(f"{IN}/gone", None)
    assert struck(switches, IN, 50) == ["gone"] * 50
    switches.off(f"{IN}/gone")
    assert struck(switches, IN, 1) == [None]


def test_a_switch_strikes_in_its_own_circuit_only(switches: Switches) -> None:
    switches.throw(f"{IN}/gone")
    assert struck(switches, "meta-messages", 1) == [None]
    assert struck(switches, IN, 1) == ["gone"]


def test_of_two_the_one_thrown_first_strikes_first(switches: Switches) -> None:
    switches.throw(f"{IN}/twice", 1)
    switches.throw(f"{IN}/gone", 1)
    assert struck(switches, IN, 3) == ["twice", "gone", None]


def test_the_log_says_what_happened_to_what_and_when(switches: Switches) -> None:
    switches.throw(f"{IN}/late", 1, 7)
    switches.throw(f"{IN}/twice", 1)
    switches.strike(IN, "“hi” from Amina")
    switches.strike(IN, "“2 rice” from Amina")
    assert [(line.number, line.at, line.text) for line in switches.panel().log] == [
        (1, NOW, "Delivered late, 7 s: “hi” from Amina"),
        (2, NOW, "Delivered twice: “2 rice” from Amina"),
    ]


def test_making_everything_well_keeps_the_log(switches: Switches) -> None:
    switches.throw(f"{IN}/twice", None)
    switches.throw("wallet/never", None)
    struck(switches, IN, 1)
    switches.clear()
    panel = switches.panel()
    assert panel.thrown == []
    assert len(panel.log) == 1
    assert struck(switches, IN, 1) == [None]


def test_the_log_does_not_grow_for_ever(switches: Switches) -> None:
    switches.throw(f"{IN}/twice", None)
    struck(switches, IN, 200)
    numbers = [line.number for line in switches.panel().log]
    assert numbers == list(range(171, 201))


def test_every_change_is_told(switches: Switches, rings: Counter[str]) -> None:
    switches.throw(f"{IN}/twice")
    switches.strike(IN, "“hi”")
    switches.strike(IN, "“hi”")
    switches.off(f"{IN}/twice")
    switches.clear()
    assert rings["rung"] == 4


@pytest.mark.parametrize("times", [0, -1])
def test_a_count_that_makes_no_sense_is_refused(switches: Switches, times: int) -> None:
    with pytest.raises(ValueError, match="once"):
        switches.throw(f"{IN}/twice", times)


@pytest.mark.parametrize("seconds", [0.0, -1.0, 31.0, float("nan"), float("inf")])
def test_a_time_that_makes_no_sense_is_refused(switches: Switches, seconds: float) -> None:
    with pytest.raises(ValueError, match="seconds"):
        switches.throw(f"{IN}/late", 1, seconds)


@pytest.mark.parametrize("name", [f"{IN}/steal", "nowhere/lost", "", IN])
def test_a_switch_that_is_none_is_not_known(switches: Switches, name: str) -> None:
    with pytest.raises(KeyError):
        switches.throw(name)
    with pytest.raises(KeyError):
        switches.off(name)


def test_what_strikes_thrice_strikes_thrice_among_many_threads(switches: Switches) -> None:
    switches.throw(f"{IN}/twice", 3)
    switches.throw(f"{IN}/gone", 4)
    with ThreadPoolExecutor(16) as pool:
        hits = list(pool.map(lambda _: switches.strike(IN, "“hi”"), range(200)))
    names = Counter(hit.name for hit in hits if hit)
    assert names == {"twice": 3, "gone": 4}
    assert [line.number for line in switches.panel().log] == list(range(1, 8))


@pytest.mark.parametrize(("circuit", "switch"), ROWS)
def test_every_switch_of_the_table_is_one_that_can_strike(
    switches: Switches, circuit: Circuit, switch: Switch
) -> None:
    strikers = {
        "messages": set(Fate),
        "pages": set(Fate),
        "receipts": set(Fate),
        "sends": set(MISHAPS),
        "callbacks": set(Trouble),
        "requests": set(Trouble),
        "wallet": {"late", "twice", "never", "other", "back"},
    }
    assert switch.name in strikers[circuit.id.rpartition("-")[2]]
    switches.throw(f"{circuit.id}/{switch.name}")
    thrown = switches.strike(circuit.id, "it")
    assert thrown is not None
    assert (thrown.name, thrown.seconds) == (switch.name, switch.seconds or 0)
    assert all(text.strip() for text in (switch.label, switch.hint, switch.struck))


def test_only_what_is_emulated_has_switches() -> None:
    assert {circuit.provider for circuit in circuits_of(["meta"])} == {"meta"}
    assert {c.provider for c in circuits_of(["airtel"])} == {"airtel", "wallet"}
    assert len({circuit.id for circuit in CIRCUITS}) == len(CIRCUITS)
