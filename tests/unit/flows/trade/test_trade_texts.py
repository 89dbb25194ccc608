import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from channels.render.gsm import is_gsm, segments

ROOT = Path(__file__).parents[4]
PARTS = ("flows/seller", "flows/rider", "flows/notices")


def literals() -> Iterator[tuple[str, str]]:
    """Every key written in these parts: the first argument of a Message, and what looks like a key
    of ours ("done-ok" in a table)."""
    for part in PARTS:
        for path in sorted((ROOT / part).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                    continue
                if node.func.id == "Message" and isinstance(node.args[0], ast.Constant):
                    yield path.name, str(node.args[0].value)


def texts() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for source in sorted((ROOT / "locales/en").rglob("*.po")):
        with source.open("rb") as file:
            for entry in read_po(file, locale="en", abort_invalid=True):
                key = entry.id if isinstance(entry.id, str) else entry.id[0]
                forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
                if key and entry.context is None:
                    found[key] = forms
    return found


TEXTS = texts()


@pytest.mark.parametrize(("file", "key"), sorted(set(literals())))
def test_every_key_has_its_text(file: str, key: str) -> None:
    assert TEXTS.get(key), f"{key} of {file}"


def test_every_text_of_the_trade_is_said_somewhere() -> None:
    written = "".join(
        path.read_text("utf-8") for part in PARTS for path in (ROOT / part).glob("*.py")
    )
    ours = [key for key in TEXTS if re.match(r"(desk|done|standing|job|duty|alert|notice)-", key)]
    assert len(ours) > 60
    assert [key for key in ours if f'"{key}"' not in written] == []


@pytest.mark.parametrize(
    "key", sorted(k for k in TEXTS if re.match(r"(seller|rider|desk|done|alert|notice)-", k))
)
def test_texts_are_gsm_and_short(key: str) -> None:
    for text in TEXTS[key]:
        assert is_gsm(text)
        assert segments(text).count <= 2
