"""What is wrong between the code and the catalogues."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from scripts.catalogues.letters import letter_faults
from scripts.catalogues.plurals import plural_faults
from scripts.catalogues.texts import Head, Text, Texts, catalogues, placeholders, read, read_head
from scripts.message_keys import Keys, read_keys

REFERENCE = "en"
# Where a text is shown, but for the general one; channels/render/words.py looks there.
CONTEXTS = ("gsm", "short", "ussd")


def faults(root: Path) -> Iterator[str]:
    """One line for each."""
    known = {locale: read(path, locale) for locale, path in catalogues(root)}
    heads = {locale: read_head(path, locale) for locale, path in catalogues(root)}
    reference = known.get(REFERENCE, {})
    keys = read_keys(root)
    yield from keys.unclear
    yield from _against_code(reference, keys)
    for locale, texts in known.items():
        yield from _by_itself(locale, texts, heads[locale])
        yield from _against_reference(locale, texts, reference)


def _against_code(reference: Texts, keys: Keys) -> Iterator[str]:
    general = {key for context, key in reference if not context}
    for use in keys.uses:
        if use.key not in general:
            yield f"{use.where}: {REFERENCE} has no text {use.key!r}"
        for (_, key), text in reference.items():
            if key == use.key and use.values is not None:
                for name in sorted(text.placeholders - use.values):
                    yield f"{use.where}: {key!r} wants a value {name!r}"
    for prefix in sorted(keys.prefixes):
        if not any(key.startswith(prefix) for key in general):
            yield f"{REFERENCE} has no text that begins with {prefix!r}"
    for context, key in sorted(reference):
        if not keys.names(key):
            yield f"{REFERENCE}: nothing uses {key!r}"
        elif context and key not in general:
            yield f"{REFERENCE}: {key!r} has a text for {context} and none in general"


def _by_itself(locale: str, texts: Texts, head: Head) -> Iterator[str]:
    yield from plural_faults(locale, head)
    yield from letter_faults(locale, texts, head)
    for (context, key), text in sorted(texts.items()):
        if context and context not in CONTEXTS:
            yield f"{locale}: {key!r} is for {context!r}, which is none of {', '.join(CONTEXTS)}"
        if not all(text.forms):
            yield f"{locale}: {_named(context, key)} is empty"


def _against_reference(locale: str, texts: Texts, reference: Texts) -> Iterator[str]:
    for (context, key), text in sorted(reference.items()):
        own = texts.get((context, key))
        if own is None and not context:
            yield f"{locale}: no text {key!r}"
        elif own is not None and own.plural != text.plural:
            counts = "counts" if text.plural else "does not count"
            yield f"{locale}: {_named(context, key)} is not like {REFERENCE}, which {counts}"
    for (context, key), text in sorted(texts.items()):
        if ("", key) not in reference:
            yield f"{locale}: {REFERENCE} does not know {key!r} {context}".rstrip()
        elif not all(_names_alike(text, form, context, key, reference) for form in text.forms):
            yield f"{locale}: {_named(context, key)} has other placeholders than {REFERENCE}"


def _names_alike(
    text: Text, form: str, context: str, key: str, reference: Mapping[tuple[str, str], Text]
) -> bool:
    """The same as in English. A form may be silent about how many, and a text for which English has
    none may leave out more."""
    ours = placeholders(form) - {"count"}
    theirs = reference.get((context, key))
    if theirs is not None:
        return ours == theirs.placeholders - {"count"}
    return ours == text.placeholders - {"count"} and ours <= reference["", key].placeholders


def _named(context: str, key: str) -> str:
    return f"{key!r} ({context})" if context else repr(key)
