"""The alert rules: about numbers that the server really gives, each with its line in the runbook."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import requests
import yaml

from tests.e2e.house import House

DOCS = Path(__file__).parents[2] / "docs"
RULES = [
    rule
    for group in yaml.safe_load((DOCS / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
NAMES = [rule["alert"] for rule in RULES]
EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=NAMES)


def _runbook() -> Mapping[str, str]:
    """What stands under each heading of the alerts' chapter."""
    text = (DOCS / "operations.md").read_text(encoding="utf-8")
    chapter = text.partition("\n## Alerts\n")[2].partition("\n## ")[0]
    parts = re.split(r"^### (.+)$", chapter, flags=re.MULTILINE)[1:]
    return {name: told.strip() for name, told in zip(parts[::2], parts[1::2], strict=True)}


def _given(page: str) -> set[str]:
    """Every name that may stand in an expression."""
    names = set()
    for name, kind in re.findall(r"^# TYPE (\S+) (\w+)$", page, re.MULTILINE):
        names |= {name, f"{name}_bucket"} if kind == "histogram" else {name}
    return names


@EVERY_RULE
def test_a_rule_says_how_urgent_it_is_what_is_wrong_and_where_to_read_on(
    rule: Mapping[str, Mapping[str, str]],
) -> None:
    assert re.fullmatch(r"\d+[mh]", str(rule["for"]))
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["annotations"]["runbook"] == f"docs/operations.md#{str(rule['alert']).lower()}"


def test_each_rule_has_its_line_in_the_runbook_and_each_line_its_rule() -> None:
    assert len(NAMES) == len(set(NAMES))
    runbook = _runbook()
    assert set(runbook) == set(NAMES)
    assert all(len(told) > 40 for told in runbook.values())


def test_every_number_that_a_rule_names_is_given_by_a_running_server(house: House) -> None:
    house.whatsapp("+256772300001").say("hi", "Mama")
    page = requests.get(f"{house.url}/metrics", timeout=10).text
    wanted = {name for rule in RULES for name in re.findall(r"sokoni_\w+", rule["expr"])}
    assert len(wanted) > 15
    assert wanted <= _given(page)
    samples = page.splitlines()
    # Labels that rules choose by, where there is something to count.
    assert any(line.startswith('sokoni_outbox_lag_seconds{kind="reply"}') for line in samples)
    assert any(re.match(r'sokoni_outbox{.*provider="twilio",status="sent"', s) for s in samples)
    assert "sokoni_web_processes_started_total 1.0" in samples
    assert "sokoni_spool_writable 1.0" in samples


def test_the_runbook_describes_every_number() -> None:
    told = (DOCS / "operations.md").read_text(encoding="utf-8")
    wanted = {name for rule in RULES for name in re.findall(r"sokoni_\w+", rule["expr"])}
    known = {name.removesuffix("_bucket") for name in wanted}
    shortened = {f"{name}_oldest_seconds" for name in re.findall(r"`(sokoni_\w+)`, `\.\.\.", told)}
    assert {name for name in known if f"`{name}`" not in told} <= shortened
