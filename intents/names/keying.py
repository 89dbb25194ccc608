"""A catalogue's entries made ready for comparing, once for all the messages that are read against them."""

from intents.folding import tidy, tokenise
from intents.language import Language
from intents.terms import name_keys
from intents.understanding import Entry, Keyed


def keyed(entry: Entry, language: Language) -> Keyed:
    """An entry made ready for comparing."""
    # A variant is called what its product is called; its own words tell it apart.
    texts = entry.aliases if entry.parent is not None else (entry.name, *entry.aliases)
    names = tuple(keys for text in texts if (keys := keys_of(text, language)))
    apart = {key for word in entry.words for key in keys_of(word, language)}
    # "Spark 20 256": what is only described in a measure is named by its figure as well.
    apart |= {key for word in entry.words for key in _bare(word, language)}
    return Keyed(names, tuple(sorted(apart)) if entry.parent is not None else ())


def keys_of(text: str, language: Language) -> tuple[str, ...]:
    """The keys of a name as it is written."""
    return name_keys(tokenise(tidy(text), language), language)


def _bare(text: str, language: Language) -> tuple[str, ...]:
    """The figure of a size that goods are not sold by: "256" of "256GB"."""
    tokens = tokenise(tidy(text), language)
    if len(tokens) != 2 or not tokens[0].word.isdigit():
        return ()
    measure = language.measures.get(tokens[1].word)
    return (tokens[0].word,) if measure is not None and not measure.loose else ()
