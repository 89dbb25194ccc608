"""The small pages as they are on small phones: all of it readable, nothing beside the screen, no script."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SCREENS = ((240, 320), (360, 640))
PAGES = ("/s/adaeze", "/s/adaeze/2", "/s/kato-phones/3", "/s/soko-jumla?in=sw", "/s/nobody")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("screen", SCREENS, ids=["240x320", "360x640"])
def test_a_page_fits_a_small_screen(
    browser: Browser, demo_url: str, screen: tuple[int, int], path: str
) -> None:
    width, height = screen
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{demo_url}{path}")
    whole = page.locator("main").bounding_box()
    assert whole is not None
    assert whole["width"] <= width
    for one in page.locator("h1, p, a, li").all():
        box = one.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    first = page.locator(".way").first
    if "nobody" not in path:
        box = first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height
    context.close()
