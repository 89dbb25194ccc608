"""Words that others will read: without ways to reach somebody, and without links."""

import re

HIDDEN = "***"

_ENDS = "com|net|org|info|me|ly|co|ug|ke|ng|tz|gh|rw"
_LINK = re.compile(rf"\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:{_ENDS})\b\S*", re.I)
_MAIL = re.compile(r"\S+@\S+")
# Seven digits and more, however they are parted: nobody writes a price like that.
_PHONE = re.compile(r"\+?\d(?:[\s().-]*\d){6,}")


def moderated(words: str, longest: int) -> str:
    """`words` on one line, shortened, with phone numbers, addresses and links blanked."""
    one_line = " ".join(words.split())
    for pattern in (_MAIL, _LINK, _PHONE):
        one_line = pattern.sub(HIDDEN, one_line)
    return one_line[:longest]
