"""Every number of trade can be set, and every such setting does something."""

from dataclasses import fields, is_dataclass
from datetime import time
from decimal import Decimal

import pytest

from bot.rule_settings import RuleSettings
from bot.settings import Settings, SettingsError
from store.rules import Rules

# Settings with names of their own.
OTHERS = {
    "RULE_SCORE_WEIGHTS": "completion=1, delivery=1",
    "RULE_SCORE_RIDER_WEIGHTS": "time=1",
    "RULE_SCORE_GRADES": "gold=4, bronze=2",
    "HOLD_MINUTES": "20",
    "RIDER_OFFER_SECONDS": "100",
    "SELLER_REMINDER_SECONDS": "60",
    "MISSES_ASKED": "4",
    "DAY_TOLD_AT": "20:00",
    "QUIET_FROM": "20:30",
    "QUIET_UNTIL": "07:00",
    "PAYOUT_LEAST": "NGN=5",
    "PAYOUT_HOLD_HOURS": "1",
    "PICTURE_RETRY_SECONDS": "20",
    "RISK_LARGE_AMOUNTS": "KES=5",
    "WARNINGS": "4",
    "SUSPENDED_DAYS": "9",
}


def leaves(value: object, name: str = "") -> dict[str, object]:
    if not is_dataclass(value):
        return {name: value}
    found: dict[str, object] = {}
    for each in fields(value):
        found |= leaves(getattr(value, each.name), f"{name}.{each.name}")
    return found


def another(value: object) -> str:
    """What is not the default, and is allowed."""
    if value is None:
        return "7"
    if isinstance(value, time):
        return "03:07"
    return str(Decimal(str(value)) + (1 if not isinstance(value, float) else Decimal("0.5")))


def rules(monkeypatch: pytest.MonkeyPatch, **said: str) -> dict[str, object]:
    with monkeypatch.context() as patch:
        for name, value in said.items():
            patch.setenv(name, value)
        return leaves(Settings.load(env_file=None).rules())


def test_every_setting_changes_a_rule_and_every_rule_has_its_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual = leaves(Rules())
    assert rules(monkeypatch) == usual
    said = {
        name.upper(): another(field.default)
        for name, field in RuleSettings.model_fields.items()
        if not isinstance(field.default, str)
    } | OTHERS
    assert {name.upper() for name in RuleSettings.model_fields} <= set(said)
    changed = set()
    for name, value in said.items():
        now = rules(monkeypatch, **{name: value})
        different = {leaf for leaf in usual if now[leaf] != usual[leaf]}
        assert different, f"{name} does nothing"
        changed |= different
    assert changed == set(usual)


def test_a_rule_that_cannot_be_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "RULE_LEAST_RATING": "6",
        "RULE_CODE_TRIES": "0",
        "RULE_LATE_REFUND_KEEPS_PERCENT": "101",
        "RULE_SCORE_WEIGHTS": "kindness=1",
        "RULE_SCORE_RIDER_WEIGHTS": "time=0",
        "RULE_SCORE_GRADES": "gold=4, probation=1",
    }.items():
        with pytest.raises(SettingsError, match=name):
            rules(monkeypatch, **{name: value})
