"""docs/settings.md and the settings say the same."""

import re
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
FIELDS = {name.upper() for name in Settings.model_fields}


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    document = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", document, re.MULTILINE)) == FIELDS


def test_the_example_file_names_only_settings_that_exist() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)) <= FIELDS
