"""Which shop a message is for. Decisions only: what is known comes in, what must be done goes out.

An address that one shop owns leads to it. A shared shortcode goes by keyword, then by the shop that
the person addressed last; a shared service code goes by extension; the platform's own number goes by
what the person is (staff, rider) at which shop, and then by the shop that spoke last. What stays
unclear is asked, never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flows.message import Message


@dataclass(frozen=True, slots=True)
class Candidate:
    """A shop that could be meant. `word` is its keyword or extension on this address; `role` is what
    the person would be writing as, None for a customer."""

    shop_id: UUID
    name: str
    word: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Addressed:
    """What is remembered of a person at a shared address. `busy`: a cart or an order is under way at
    the shop that they addressed last."""

    shop_id: UUID | None = None
    asked_text: str | None = None
    asked: tuple[Candidate, ...] = ()
    busy: bool = False
    hint_due: bool = True


@dataclass(frozen=True, slots=True)
class To:
    """For this shop, with the keyword taken off. `text` may be an earlier message that was unclear.
    `opened`: there was nothing but the keyword."""

    shop_id: UUID
    text: str
    role: str | None = None
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask which shop, and remember the message."""

    text: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """Say how a shop is addressed here (`say` False: it was said before)."""

    say: bool


Decision = To | Ask | Hint


def by_keyword(
    text: str,
    shops: Sequence[Candidate],
    roles: Sequence[Candidate],
    addressed: Addressed,
) -> Decision:
    """On an address that several shops share. `roles` are the shops where this text would be a
    seller's or rider's word of this person."""
    answered = _answer(text, addressed)
    if answered is not None:
        return answered
    named, rest = named_shop(text, shops), _rest(text)
    if named is not None and _may_switch(named, rest, addressed):
        return To(named.shop_id, rest, opened=not rest)
    if roles:
        return _among(text, roles)
    here = next((shop for shop in shops if shop.shop_id == addressed.shop_id), None)
    if named is not None and here is not None:
        return Ask(text, (named, here))
    if addressed.shop_id is not None:
        return To(addressed.shop_id, text)
    return Hint(say=addressed.hint_due)


def named_shop(text: str, shops: Sequence[Candidate]) -> Candidate | None:
    """The shop whose keyword begins the text."""
    first = text.strip().partition(" ")[0]
    return next((shop for shop in shops if _same_word(shop.word, first)), None)


def by_role(
    text: str,
    roles: Sequence[Candidate],
    addressed: Addressed,
    works_at: Sequence[Candidate] = (),
) -> Decision:
    """On the platform's own number. What is no word goes on with the shop that was last spoken to, or
    that last offered something to choose; else to where the person works."""
    answered = _answer(text, addressed)
    if answered is not None:
        return answered
    if roles:
        return _among(text, roles)
    if addressed.shop_id is not None:
        return To(addressed.shop_id, text)
    return _among(text, works_at) if works_at else Hint(say=addressed.hint_due)


def by_extension(text: str, shops: Sequence[Candidate]) -> tuple[Candidate, str] | None:
    """On a shared service code: the shop and what was typed after its extension. Inputs before the
    first extension were mistakes on the page that asks for one."""
    parts = text.split("*")
    for index, part in enumerate(parts):
        for shop in shops:
            if shop.word == part.strip():
                return shop, "*".join(parts[index + 1 :])
    return None


def which_shop(candidates: Sequence[Candidate]) -> Message:
    """The question that `Ask` stands for; the answer is a number."""
    lines = tuple(
        Message("routing-choice", number=str(number), name=candidate.name)
        for number, candidate in enumerate(candidates, start=1)
    )
    return Message("routing-which-shop", choices=lines)


def how_to_address(shops: Sequence[Candidate]) -> Message:
    """The hint: which words open which shop."""
    words = tuple(
        Message("routing-word", word=shop.word or "", name=shop.name) for shop in shops[:4]
    )
    return Message("routing-hint", words=words)


def _answer(text: str, addressed: Addressed) -> To | None:
    """The answer to "which shop?", for the message that had been unclear."""
    typed = text.strip().rstrip(".")
    if addressed.asked_text is None or not typed.isdigit():
        return None
    place = int(typed) if len(typed) <= 3 else 0
    if not 1 <= place <= len(addressed.asked):
        return None
    chosen = addressed.asked[place - 1]
    words = addressed.asked_text
    called = _same_word(chosen.word, words.strip().partition(" ")[0])
    return To(chosen.shop_id, _rest(words) if called else words, chosen.role)


def _among(text: str, roles: Sequence[Candidate]) -> Decision:
    shops = {candidate.shop_id for candidate in roles}
    if len(shops) > 1:
        return Ask(text, tuple(roles))
    return To(roles[0].shop_id, text, roles[0].role if len(roles) == 1 else None)


def _may_switch(named: Candidate, rest: str, addressed: Addressed) -> bool:
    """With a cart or an order under way a lone keyword leads away from a shop, or one with a product's
    code, as posters and shared links write it."""
    staying = addressed.shop_id in (None, named.shop_id)
    return staying or not addressed.busy or not rest or rest.startswith("#")


def _rest(text: str) -> str:
    """What stands behind the keyword."""
    return text.strip().partition(" ")[2].strip()


def _same_word(keyword: str | None, word: str) -> bool:
    return keyword is not None and keyword.casefold() == word.strip(".,:;!").casefold()
