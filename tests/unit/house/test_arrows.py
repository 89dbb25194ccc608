"""Imports run one way: the contracts in pyproject.toml hold, and can be broken."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LINT = Path(sys.executable).with_name("lint-imports")


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT, "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_arrows_between_the_packages_run_one_way() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


def test_an_arrow_that_runs_back_is_found(tmp_path: Path) -> None:
    for package in ("bot", "intents", "flows", "channels", "store", "payments"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("", encoding="utf-8")
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(contracts, encoding="utf-8")
    assert lint(tmp_path).returncode == 0
    (tmp_path / "flows" / "__init__.py").write_text("import store\n", encoding="utf-8")
    result = lint(tmp_path)
    assert result.returncode == 1
    assert "Flows and intents are pure BROKEN" in result.stdout


def test_no_file_imports_relatively() -> None:
    packages = ("bot", "intents", "flows", "channels", "store", "payments", "scripts")
    files = [path for package in packages for path in (ROOT / package).rglob("*.py")]
    relative = [
        path.name
        for path in files
        if any(
            line.lstrip().startswith("from .")
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    ]
    assert relative == []
