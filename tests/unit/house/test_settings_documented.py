"""docs/settings.md and the settings say the same."""

import re
from datetime import time
from decimal import Decimal
from pathlib import Path

from bot.rule_settings import RuleSettings
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
FIELDS = {name.upper() for name in Settings.model_fields}


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    document = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", document, re.MULTILINE)) == FIELDS


def test_the_example_file_names_only_settings_that_exist() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) <= FIELDS


def test_the_rules_of_trade_are_documented_with_the_numbers_they_have() -> None:
    document = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    written = dict(re.findall(r"^\| `(RULE_[A-Z_]+)` \| `([^`]+)` \|", document, re.MULTILINE))
    have = {
        name.upper(): as_written(field.default)
        for name, field in RuleSettings.model_fields.items()
        if field.default is not None
    }
    assert written == have


def as_written(value: object) -> str:
    if isinstance(value, str):
        return value
    return f"{value:%H:%M}" if isinstance(value, time) else f"{Decimal(str(value)).normalize():f}"
