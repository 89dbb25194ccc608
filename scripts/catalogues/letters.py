"""Letters that cost: one outside GSM-7 more than halves what an SMS holds."""

import unicodedata
from collections.abc import Iterator

from channels.render.gsm import BASIC, EXTENSION
from scripts.catalogues.texts import Head, Texts

# Texts for SMS and USSD.
NARROW = frozenset({"gsm", "short", "ussd"})
# Said in place of letters that GSM-7 lacks, so it has none of them in any language.
ALWAYS_PLAIN = "gsm"
KINDS = ("plain", "own")


def letter_faults(locale: str, texts: Texts, head: Head) -> Iterator[str]:
    """Characters that no SMS has, where SMS and USSD texts are written. A language of plain letters
    has none at all; one with its own has only those, since signs can be written otherwise."""
    if head.letters not in KINDS:
        yield f"{locale}: X-Letters is {head.letters!r}, which is none of {', '.join(KINDS)}"
    for (context, key), text in sorted(texts.items()):
        odd = {c for form in text.forms for c in form} - BASIC - EXTENSION
        if head.letters == "own" and context != ALWAYS_PLAIN:
            odd = {c for c in odd if unicodedata.category(c)[0] not in "LM"}
        if odd and context in NARROW:
            signs = " ".join(sorted(odd))
            yield f"{locale}: {key!r} ({context}) has letters that no SMS has: {signs}"
