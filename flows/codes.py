"""One-time codes as people type them."""

import re

SHORTEST, LONGEST = 4, 8
# Digits, perhaps in groups, with at most a word before them ("code: 123 456").
_CODE = re.compile(r"\s*(?:[^\W\d]{1,12}\s?[:=-]?\s?)?([0-9](?:[ -]?[0-9]){3,7})\s*[.!]?\s*")


def code_in(text: str) -> str | None:
    """The digits of a message that is a code (4 to 8 of them) and nothing else; None where it is not."""
    found = _CODE.fullmatch(text)
    return re.sub(r"[ -]", "", found[1]) if found else None
