"""What rendering yields: texts that can be sent, and what must be remembered of them."""

from dataclasses import dataclass

from channels.channel import Medium
from channels.interactive import Interactive
from channels.render.gsm import segments
from channels.shown import Page, Shown


@dataclass(frozen=True, slots=True)
class Draft:
    """One message to send. `segments` is what it costs as SMS, and 1 on other media. `interactive` is
    what can be tapped under the text."""

    text: str
    media_url: str | None = None
    segments: int = 1
    interactive: Interactive | None = None


def page_draft(page: Page, medium: Medium) -> Draft:
    """A page that was turned to, as the message to send."""
    if medium is Medium.SMS:
        return Draft(page.text, segments=segments(page.text).count)
    return Draft(page.text, interactive=page.interactive)


@dataclass(frozen=True, slots=True)
class Rendered:
    """`texts` in the order of sending; on USSD the one text is the response itself, with its prefix.

    `shown` is None when nothing in it can be answered by a number.
    """

    texts: tuple[Draft, ...]
    shown: Shown | None
