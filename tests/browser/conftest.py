"""A demo server of its own, and a browser in front of it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.lab_page import Lab
from tests.fakes.quiet_ports import quiet_port

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
# What a browser does by itself on the network, switched off.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# The language model is read first.
START_SECONDS = 60.0
# A machine that tests many things at once draws a page slowly.
PATIENCE_MS = 15_000


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`flask demo` with books of its own, on a free port."""
    data = tmp_path_factory.mktemp("demo")
    port = quiet_port()
    url = f"http://127.0.0.1:{port}"
    with (data / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "demo"],
            cwd=ROOT,
            env={**os.environ, "SOKONI_DATA": str(data), "PORT": str(port)},
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(url, server, data / "server.log")
            yield url
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def lab(browser: Browser, demo_url: str, tmp_path: Path) -> Iterator[Lab]:
    """The lab in a window of its own. What it looked like at the end is kept beside the test's files."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(PATIENCE_MS)
    expect.set_options(timeout=PATIENCE_MS)
    opened = Lab(page, demo_url)
    yield opened
    page.screenshot(path=tmp_path / "end.png", full_page=True)
    page.close()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            if requests.get(f"{url}/healthz", timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    pytest.fail(f"the demo did not start:\n{log.read_text()[-3000:]}")
