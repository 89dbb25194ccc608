"""Every pin has its line in docs/dependencies.md, and every line its pin."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FILES = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9_.-]+)(?:\[[a-z]+\])?==[\w.]+(?: ; .+)?$")


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(file: str) -> list[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


@pytest.mark.parametrize("file", FILES)
def test_every_requirement_is_pinned_to_one_version(file: str) -> None:
    assert [line for line in requirements(file) if not PIN.match(line)] == []


def test_every_pin_is_explained_once_and_every_explanation_has_a_pin() -> None:
    pinned = [
        normalised(found["name"])
        for file in FILES
        for line in requirements(file)
        if (found := PIN.match(line))
    ]
    document = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| ([a-z0-9-]+) \| \S.* \|$", document, re.MULTILINE)
    assert sorted(explained) == sorted(pinned)
