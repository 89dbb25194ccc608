"""One-time codes as people type them."""

import re

# Digits, perhaps in groups, and at most what a code is called before them ("code: 123 456").
_CODE = re.compile(
    r"\s*(?:(?:code|koodi|kodi|koodu|kóòdù|otp|msimbo)\s?(?:[:=-]|is|ni)?\s?)?"
    r"([0-9](?:[ -]?[0-9]){3,7})\s*[.!]?\s*",
    re.IGNORECASE,
)


def code_in(text: str) -> str | None:
    """The digits of a message that is a code (4 to 8 of them) and nothing else; None where it is not."""
    found = _CODE.fullmatch(text)
    return re.sub(r"[ -]", "", found[1]) if found else None
