"""A name as it can be seen, whatever was sent."""

import unicodedata


def visible(text: str) -> str:
    """On one line, without what cannot be seen or turns the letters round that follow."""
    words = "".join(" " if c.isspace() else c for c in text)
    return " ".join("".join(c for c in words if unicodedata.category(c)[0] != "C").split())
