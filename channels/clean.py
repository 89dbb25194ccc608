"""Words from outside, made safe to keep: any byte may arrive, not every one can be stored."""

import hashlib
import re
import unicodedata

LONGEST = 4096
LONGEST_ID = 200

# PostgreSQL refuses NUL, UTF-8 cannot carry half a surrogate pair, and no phone shows the rest: control
# characters, blanks of no width, and marks that turn the direction of what somebody else reads after them.
# What joins the parts of an emoji stays.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")


def clean(text: str, longest: int = LONGEST) -> str:
    """`text` in NFC without control characters other than newline and tab, cut to `longest`."""
    # A composed character has at most a few parts, so this cut only bounds the work below.
    text = text[: longest * 4]
    text = _UNSAFE.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text)[:longest]


def message_id(text: str) -> str:
    """A provider's message id, as its SHA-256 where it is too long for a key."""
    if len(text) > LONGEST_ID:
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return clean(text, LONGEST_ID)
