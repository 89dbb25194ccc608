"""Texts as MTN takes them.

Source: MTN MoMo developer documentation, "Common error codes", 400: at most 160 characters, and no
special characters such as an apostrophe.
"""

import re
import unicodedata

MOST = 160
_ODD = re.compile(r"[^A-Za-z0-9 .,:#+-]+")


def clean(text: str) -> str:
    """`text` in plain letters, digits and a few signs: "Ch\u00e9ri's" becomes "Cheri s"."""
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_ODD.sub(" ", plain).split())[:MOST].strip()
