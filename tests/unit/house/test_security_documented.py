"""docs/security.md names tests and files that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DOCUMENT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCUMENT)))
FILES = sorted(
    set(re.findall(r"`((?:bot|channels|payments|store)/[\w/.]+|gunicorn\.conf\.py)`", DOCUMENT))
)


def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_a_test_that_is_named_exists(path: str, name: str) -> None:
    assert name in functions_of(path)


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_is_named_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_threat_has_its_test_or_says_what_remains() -> None:
    rows = [row for row in DOCUMENT.splitlines() if row.startswith("| ")]
    threats = [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows]
    threats = [cells for cells in threats if cells[0] != "Threat"]
    assert len(threats) > 40
    for cells in threats:
        assert len(cells) == 4, cells[0]
        assert "::" in cells[2] or cells[3], cells[0]


def test_whatever_looks_like_a_test_is_checked() -> None:
    assert len(re.findall(r"::test_", DOCUMENT)) == len(
        re.findall(r"`tests/[\w/]+\.py::test_\w+`", DOCUMENT)
    )
