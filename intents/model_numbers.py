"""Numbers that end a name: "itel 2160" is a phone, and neither 2160 pieces nor 2160 shillings."""

from collections.abc import Sequence
from dataclasses import replace

from intents.folding import Token
from intents.language import Language
from intents.mention import Mention
from intents.names.index import Names
from intents.terms import Kind, Term, number_key, singular

# Behind a word that no product fits, a number from here on is a model's. Nobody asks for so many of it.
_MODEL_FROM = 100


def without_models(
    tokens: Sequence[Token], terms: Sequence[Term], names: Names, language: Language
) -> list[Term]:
    """The terms, where the number of a name that is said in full is no money: "itel 2160 ssente meka"."""
    return [_as_named(tokens, term, names, language) for term in terms]


def _as_named(tokens: Sequence[Token], term: Term, names: Names, language: Language) -> Term:
    said = tokens[term.first].word
    if term.kind is not Kind.AMOUNT or not said.isdigit() or term.first == 0:
        return term
    key = number_key(term.value) if term.value is not None else said
    before = singular(tokens[term.first - 1].word, language)
    both = names.by_word.get(key, set()) & names.by_word.get(before, set())
    if key != said or not any(_ends(names, sku, before, key) for sku in both):
        return term
    return replace(term, kind=Kind.NUMBER, key=key, last=term.first + 1)


def _ends(names: Names, sku: str, before: str, key: str) -> bool:
    """Whether a name of this product has the number, and this word last of its words."""
    called = names.families[sku].names
    return any(key in name.figures and name.words[-1:] == (before,) for name in called)


def with_models(found: Sequence[Mention], tokens: Sequence[Token], text: str) -> list[Mention]:
    """The mentions, where a large number right behind what the shop does not know is part of its name."""
    return [_unknown(mention, tokens, text) for mention in found]


def _unknown(mention: Mention, tokens: Sequence[Token], text: str) -> Mention:
    item, at = mention.item, mention.name_last
    if item.sku or item.candidates or item.unit or item.quantity is None or at >= len(tokens):
        return mention
    said = tokens[at].word
    if not said.isdigit() or item.quantity != int(said) or item.quantity < _MODEL_FROM:
        return mention
    named = text[tokens[mention.name_first].start : tokens[at].end]
    return replace(mention, item=replace(item, mention=named, quantity=None), name_last=at + 1)


def around_models(mentions: Sequence[Mention], tokens: Sequence[Token]) -> str | None:
    """The words of a message around goods whose names carry a number, in which they tell nothing of its
    language; None where there are no such goods, or no other words."""
    within = {
        at
        for mention in mentions
        if any(tokens[at].word.isdigit() for at in range(mention.name_first, mention.name_last))
        for at in range(mention.name_first, mention.name_last)
    }
    others = [token.word for at, token in enumerate(tokens) if at not in within]
    told = any(word[0].isalpha() for word in others)
    return " ".join(others) if within and told else None
