"""Of a big shop: an index of the names that one message can be about, and of no others."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from intents.folding import Token, is_word
from intents.language import Language
from intents.language_files import speech
from intents.names.index import Names
from intents.names.likeness import may_be_misspelt, translations
from intents.terms import is_figure, name_keys, singular
from intents.understanding import Context, Said, VastCatalogue

# Names of so many words are looked for with their spaces moved; of everyday words only in pairs.
_LONGEST_NAME, _PAIR = 4, 2
_SHORTEST_TOGETHER, _MOST_TOGETHER = 5, 60


def names_near(
    tokens: Sequence[Token], language: Language, context: Context, catalogue: VastCatalogue
) -> Names:
    """The index for a message. `language` is what the message was read in; its names compare as the
    shop's do."""
    shops = speech(tuple(context.locales) or (context.locale,))
    nearby = catalogue.near(said(tokens, language, shops, context))
    return Names(nearby.entries, shops, nearby.known)


def said(tokens: Sequence[Token], language: Language, shops: Language, context: Context) -> Said:
    """Every key of the message that a name may carry."""
    words = {
        key: None
        for token in tokens
        if is_word(token)
        for key in (token.word, singular(token.word, language))
    }
    telling = tuple(word for word in words if word not in language.function)
    keys = name_keys(tokens, language)
    figures = {key: None for key in keys if is_figure(key)}
    figures |= {token.word: None for token in tokens if token.word[:1].isdigit()}
    about = (context.last_sku, *context.in_cart)
    return Said(
        words=telling,
        unsure=frozenset(word for word in telling if may_be_misspelt(word, shops.familiar)),
        translated={word: translations(word, shops) for word in telling},
        together=_together(tokens, language, shops),
        figures=(*figures, *(word for word in words if word in language.function)),
        skus=tuple(dict.fromkeys(sku for sku in about if sku)),
    )


def _together(
    tokens: Sequence[Token], language: Language, shops: Language
) -> Mapping[str, tuple[str, ...]]:
    """Words that stand side by side, as one."""
    found: dict[str, tuple[str, ...]] = {}
    for run in _runs(tokens, language):
        for length in range(1, _LONGEST_NAME + 1):
            for at in range(len(run) - length + 1):
                part = run[at : at + length]
                strange = any(may_be_misspelt(word, shops.familiar) for word in part)
                compact = "".join(part)
                if len(compact) >= _SHORTEST_TOGETHER and (strange or length == _PAIR):
                    found[compact] = tuple(part)
    return dict(islice(found.items(), _MOST_TOGETHER))


def _runs(tokens: Sequence[Token], language: Language) -> Iterator[list[str]]:
    """Words with nothing between them that ends a name."""
    run: list[str] = []
    for token in tokens:
        if is_word(token) and token.word not in language.function:
            run.append(singular(token.word, language))
        elif run and not is_word(token):
            yield run
            run = []
    yield run
