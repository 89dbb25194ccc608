"""Catalogues and readers for the renderers' tests."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.render import Reader, Words

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 21, 11, 5, tzinfo=UTC)

EXTRA = """
msgid "hello"
msgstr "Hello {name}, welcome."

msgctxt "short"
msgid "hello"
msgstr "Hello {name}."

msgctxt "ussd"
msgid "hello"
msgstr "Hi {name}"

msgid "left"
msgid_plural "left"
msgstr[0] "{count} is left."
msgstr[1] "{count} are left."

msgid "new-order"
msgstr "New order {number}: {items}. {total}. {name} {phone}, {area}. OK {number} or NO {number}?"

msgid "lines"
msgstr "Basket:\\n{lines}\\nTotal {total}"

msgid "at"
msgstr "Ready at {hour}, written {day}."
"""

FRENCH = """
msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "left"
msgid_plural "left"
msgstr[0] "Il en reste {count}."
msgstr[1] "Il en restent {count}."
"""


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("locales")
    own = (ROOT / "locales/en/LC_MESSAGES/messages.po").read_text()
    for language, text in (("en", own + EXTRA), ("fr", FRENCH)):
        folder = directory / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text(text)
    return directory


@pytest.fixture(scope="session")
def words(catalogues: Path) -> Words:
    return Words(catalogues)


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader("en", "Africa/Kampala", "customer")


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW
