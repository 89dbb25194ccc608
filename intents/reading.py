"""All that is read from one message before anything is decided about it."""

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from intents.details import Detail, find_coupon, find_order, find_phone
from intents.folding import PRODUCT, Token, tidy, tokenise
from intents.language import Language
from intents.language_files import speech
from intents.matching import MAYBE, Found, find
from intents.mention import Mention
from intents.mentions import read_mentions
from intents.model_numbers import with_models, without_models
from intents.names.index import Names
from intents.names.shelf import Shelf
from intents.nearby import names_near
from intents.segments import Segment
from intents.term_reading import read_terms
from intents.terms import Kind, Term
from intents.understanding import Catalogue, Context, VastCatalogue


@dataclass(frozen=True, slots=True)
class Reading:
    """A message taken apart. `loose` are figures that stand with no goods."""

    text: str
    tokens: tuple[Token, ...]
    terms: tuple[Term, ...]
    mentions: tuple[Mention, ...]
    loose: tuple[Term, ...]
    phone: Detail | None
    order: Detail | None
    coupon: Detail | None
    context: Context
    language: Language
    leading: str
    names: Names

    def amounts(self, segment: Segment) -> list[Decimal]:
        """Money that is said as such: with a currency, "5k", or after "for"."""
        inside = [t for t in self.terms if segment[0] <= t.first < segment[1]]
        sums = [t for t in inside if t.kind is Kind.AMOUNT] or [t for t in inside if t.marked]
        return [t.value for t in sums if t.value is not None]

    def amount(self, segment: Segment) -> Decimal | None:
        """The first sum of money that is said as such."""
        return next(iter(self.amounts(segment)), None)

    def said(self, term: Term) -> str:
        """A term as it was written."""
        return self.text[self.tokens[term.first].start : self.tokens[term.last - 1].end]

    def masked(self, segment: Segment) -> str:
        """A segment as the classifier reads it: known goods are one and the same word."""
        goods = {m.name_first: m for m in self.mentions if m.score >= MAYBE}
        seen, at = [], segment[0]
        while at < segment[1]:
            mention = goods.get(at)
            seen.append(PRODUCT if mention else self.tokens[at].word)
            at = mention.name_last if mention else at + 1
        return " ".join(seen)

    def sized(self, sku: str | None, figures: frozenset[str]) -> Found:
        """The kin of a product that a lone size means: "not the 5kg, the 1kg"."""
        family = self.names.families.get(self.names.family_of.get(sku or "", ""))
        if family is None:
            return Found(None)
        return find(self.names, family.names[0].words, figures, self.language.familiar)


def read(text: str, context: Context, catalogue: Catalogue, shelf: Shelf, leading: str) -> Reading:
    """Take a message apart, which is in the `leading` language as far as one can tell."""
    locales = tuple(context.locales) or (context.locale,)
    language = _language(leading, locales)
    text = tidy(text)
    tokens = tokenise(text, language)
    if isinstance(catalogue, VastCatalogue):
        names = names_near(tokens, language, context, catalogue)
    else:
        names = shelf.names(catalogue, locales)
    phone = find_phone(text, tokens, context.country)
    order = find_order(tokens, language)
    coupon = find_coupon(text, tokens, language)
    taken = {at for detail in (phone, order, coupon) if detail for at in detail.tokens}
    terms = read_terms(tokens, language, taken, names.single, names.by_word)
    terms = without_models(tokens, terms, names, language)
    mentions = read_mentions(text, tokens, terms, names, language)
    return Reading(
        text=text,
        tokens=tuple(tokens),
        terms=tuple(terms),
        mentions=tuple(with_models(mentions.found, tokens, text)),
        loose=tuple(mentions.loose),
        phone=phone,
        order=order,
        coupon=coupon,
        context=context,
        language=language,
        leading=leading,
        names=names,
    )


@lru_cache(maxsize=64)
def _language(leading: str, locales: tuple[str, ...]) -> Language:
    """The words of all languages that may be mixed here. Names compare as the shop's index has them."""
    return replace(speech((leading, *locales)), endings=speech(locales).endings)
