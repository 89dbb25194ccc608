"""Plural forms, against what CLDR knows of a language."""

import re
from collections.abc import Callable, Iterator
from gettext import c2py

from babel import Locale, UnknownLocaleError

from scripts.catalogues.texts import Head

# No cart, shelf or day's work here comes to more. (French has a form of its own for each whole million.)
COUNTS = range(1001)

_RULE = re.compile(r"nplurals\s*=\s*\d+\s*;\s*plural\s*=\s*(.+?);?\s*")


def plural_faults(locale: str, head: Head) -> Iterator[str]:
    """A rule that gives two of CLDR's categories one form. (A form that a text lacks is read as an
    empty one.)"""
    try:
        form_of = _rule(head)
    except ValueError:
        yield f"{locale}: Plural-Forms is no rule: {head.plural_forms}"
        return
    categories: dict[int, set[str]] = {}
    for count in COUNTS:
        categories.setdefault(form_of(count), set()).add(category(locale, count))
    for form, names in sorted(categories.items()):
        if len(names) > 1:
            joined = " and ".join(sorted(names))
            yield f"{locale}: Plural-Forms gives {joined} one form ({form}), CLDR tells them apart"


def _rule(head: Head) -> Callable[[int], int]:
    """Which form a count takes. Raises ValueError."""
    rule = _RULE.fullmatch(head.plural_forms)
    if rule is None:
        raise ValueError(head.plural_forms)
    return c2py(rule[1])


def category(locale: str, count: int) -> str:
    """What CLDR calls a count; as in English where it does not know the language."""
    try:
        known = Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        known = Locale("en")
    return known.plural_form(count)
