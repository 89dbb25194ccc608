"""The lab in an open page."""

from dataclasses import dataclass, field

from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Lab:
    """The lab in an open page; `complaints` are what the browser's console said."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def open(self, shop: str) -> None:
        self.page.on("console", lambda said: self._heard(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"{self.url}/lab?shop={shop}")
        self.page.locator("[data-state=live]").wait_for()

    def say(self, handset: str, text: str) -> None:
        """Types a message and sends it."""
        self.page.fill(f"#{handset}-text", text)
        self.page.press(f"#{handset}-text", "Enter")

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)
