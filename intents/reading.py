"""All that is read from one message before anything is decided about it."""

from dataclasses import dataclass
from decimal import Decimal

from intents.details import Detail, find_coupon, find_order, find_phone
from intents.folding import PRODUCT, Token, tidy, tokenise
from intents.language import Language
from intents.language_files import speech
from intents.matching import MAYBE, Found, find
from intents.mentions import Mention, read_mentions
from intents.names import Names, Shelf
from intents.segments import Segment
from intents.terms import Kind, Term, read_terms
from intents.understanding import Catalogue, Context


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
    names: Names

    def amount(self, segment: Segment) -> Decimal | None:
        """Money that is said as such: with a currency, "5k", or after "for"."""
        inside = [t for t in self.terms if segment[0] <= t.first < segment[1]]
        sums = [t for t in inside if t.kind is Kind.AMOUNT] or [t for t in inside if t.marked]
        return sums[0].value if sums else None

    def masked(self, segment: Segment) -> str:
        """A segment as the classifier reads it: known goods are one and the same word."""
        goods = {m.name_first: m for m in self.mentions if m.score >= MAYBE}
        said, at = [], segment[0]
        while at < segment[1]:
            mention = goods.get(at)
            said.append(PRODUCT if mention else self.tokens[at].word)
            at = mention.name_last if mention else at + 1
        return " ".join(said)

    def sized(self, sku: str | None, figures: frozenset[str]) -> Found:
        """The kin of a product that a lone size means: "not the 5kg, the 1kg"."""
        family = self.names.families.get(self.names.family_of.get(sku or "", ""))
        if family is None:
            return Found(None)
        return find(self.names, family.names[0].words, figures, self.language.familiar)


def read(text: str, context: Context, catalogue: Catalogue, shelf: Shelf) -> Reading:
    """Take a message apart."""
    locales = tuple(context.locales) or (context.locale,)
    language = speech(locales)
    names = shelf.names(catalogue, locales, language)
    text = tidy(text)
    tokens = tokenise(text, language)
    phone = find_phone(text, tokens, context.country)
    order = find_order(tokens, language)
    coupon = find_coupon(text, tokens, language)
    taken = {at for detail in (phone, order, coupon) if detail for at in detail.tokens}
    terms = read_terms(tokens, language, taken, names.single)
    mentions = read_mentions(text, tokens, terms, names, language)
    return Reading(
        text=text,
        tokens=tuple(tokens),
        terms=tuple(terms),
        mentions=tuple(mentions.found),
        loose=tuple(mentions.loose),
        phone=phone,
        order=order,
        coupon=coupon,
        context=context,
        language=language,
        names=names,
    )
