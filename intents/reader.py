"""Understands a message: what was read from it, what the classifier says, and what was asked before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from spacy.language import Language as Pipeline

from intents import answers
from intents.classifier import NAME, IntentClassifier
from intents.decisions import BY_RULE, MANNERS, Act, decide, talks_of_goods
from intents.details import bare_coupon
from intents.errors import ModelError
from intents.intent import Intent
from intents.language_files import known_locales, read_language
from intents.names import Shelf
from intents.phrases import words
from intents.reading import Reading, read
from intents.segments import segments
from intents.swaps import find_swap
from intents.understanding import Action, Asked, Catalogue, Context, Item, Understanding

_SWAP = 0.93
_UNSURE = 0.45
_ORDER_ALONE = 0.6
_MOST_ACTIONS = 6


class Reader:
    """The engine with its model in memory. Safe to share between threads."""

    def __init__(self, nlp: Pipeline) -> None:
        component = nlp.get_pipe(NAME)
        if not isinstance(component, IntentClassifier):
            raise ModelError(f"{NAME} is a {type(component).__name__}")
        self._classifier = component
        self._shelf = Shelf()

    def understand(self, text: str, context: Context, catalogue: Catalogue) -> Understanding:
        """What the message means. Any text gets an answer; about the first 500 characters are read."""
        reading = read(text, context, catalogue, self._shelf)
        acts = self._acts(reading)
        return _joined(reading, acts, text)

    def _acts(self, reading: Reading) -> list[Act]:
        """All actions of a message, at least one."""
        if not any(token.word[0].isalnum() for token in reading.tokens):
            said = reading.language.whole.get(words(reading.tokens), Intent.OUT_OF_SCOPE)
            return [Act(said, BY_RULE if said is not Intent.OUT_OF_SCOPE else 0.0)]
        whole = reading.language.whole.get(_spoken(reading))
        if whole is not None:
            return [Act(whole, BY_RULE)]
        if act := _answered(reading):
            return [act]
        swapped = find_swap(reading)
        if swapped and talks_of_goods(reading, self._classifier.probabilities):
            return [Act(Intent.UPDATE_CART, _SWAP, swapped)]
        return self._by_segments(reading)

    def _by_segments(self, reading: Reading) -> list[Act]:
        acts: list[Act] = []
        about = reading.context.last_sku
        ends = {mention.last for mention in reading.mentions}
        for segment in segments(reading.tokens, ends, reading.language):
            # The component is asked directly: a Doc for each message would leave every word that
            # anybody ever typed in spaCy's store of strings.
            act = decide(reading, segment, about, self._classifier.probabilities)
            if act is not None:
                acts.append(act)
                about = next((item.sku for item in reversed(act.items) if item.sku), about)
        if len(acts) > 1 and any(a.confidence < _UNSURE and not a.items for a in acts):
            # What makes no sense in parts may make sense as a whole.
            everything = (0, len(reading.tokens))
            whole = decide(reading, everything, about, self._classifier.probabilities)
            if whole is not None and whole.confidence >= max(act.confidence for act in acts):
                return [whole]
        return _merged(acts) or [Act(Intent.OUT_OF_SCOPE, 0.0)]


def _spoken(reading: Reading) -> tuple[str, ...]:
    """The words of a message without its signs."""
    return words([t for t in reading.tokens if t.word[0].isalnum()])


def _answered(reading: Reading) -> Act | None:
    """A message that is only what was asked for."""
    if answers.language_alone(reading):
        return Act(Intent.CHANGE_LANGUAGE, BY_RULE)
    covered = reading.phone.tokens if reading.phone else frozenset()
    said = [t for at, t in enumerate(reading.tokens) if at not in covered and t.word[0].isalnum()]
    if covered and not said:
        return Act(Intent.OUT_OF_SCOPE, 0.0)
    is_order = len(said) == 1 and answers.order(reading, frozenset({Intent.TRACK_ORDER}))
    if is_order and reading.context.asked is not Asked.QUANTITY:
        return Act(Intent.TRACK_ORDER, _ORDER_ALONE)
    return answers.count_alone(reading)


def _merged(acts: Sequence[Act]) -> list[Act]:
    """Manners beside a wish dropped, as is what nobody understood; one intent's items brought together."""
    wishes = [act for act in acts if act.intent not in MANNERS]
    clear = [act for act in wishes if act.confidence >= _UNSURE or act.items]
    merged: dict[Intent, Act] = {}
    for act in clear or wishes or acts[:1]:
        had = merged.get(act.intent)
        if had is None:
            merged[act.intent] = act
        else:
            sure = min(had.confidence, act.confidence) if act.items else had.confidence
            merged[act.intent] = Act(act.intent, sure, had.items + act.items)
    return list(merged.values())[:_MOST_ACTIONS]


def _joined(reading: Reading, acts: Sequence[Act], text: str) -> Understanding:
    first, others = acts[0], acts[1:]
    also = frozenset(act.intent for act in others)
    every = also | {first.intent}
    number = answers.order(reading, every)
    money = answers.amount(reading, every, number)
    alone = answers.language_alone(reading)
    return Understanding(
        text=text,
        locale=spoken_locale(reading),
        intent=first.intent,
        confidence=first.confidence,
        items=_without_money(first, money),
        order=number,
        coupon=_coupon(reading, every),
        locale_change=alone or answers.locale_change(reading, first.intent),
        amount=money,
        phone=reading.phone.value if reading.phone else None,
        area=answers.area(reading, first, also),
        also=tuple(Action(act.intent, act.items) for act in others),
    )


def _without_money(act: Act, amount: Decimal | None) -> tuple[Item, ...]:
    """The items, their quantities not mistaken for the sum that is offered."""
    if act.intent is not Intent.NEGOTIATE:
        return act.items
    return tuple(
        replace(item, quantity=None) if item.quantity == amount else item for item in act.items
    )


def _coupon(reading: Reading, every: frozenset[Intent]) -> str | None:
    if reading.coupon is not None:
        return reading.coupon.value
    if Intent.APPLY_COUPON in every:
        found = bare_coupon(reading.text, reading.tokens, reading.language)
        return found.value if found else None
    return None


def spoken_locale(reading: Reading) -> str:
    """The shop's language that knows most of the words; in doubt the one that was spoken so far."""
    context = reading.context
    usual = context.locale
    choices = [code for code in _with_data() if code in context.locales or code == usual]
    if len(choices) < 2:
        return usual
    known: Mapping[str, int] = {
        code: sum(t.word in read_language(code).familiar for t in reading.tokens)
        for code in choices
    }
    best = max(choices, key=lambda code: (known[code], code == usual))
    return best if known[best] > known.get(usual, 0) else usual


@lru_cache(maxsize=1)
def _with_data() -> tuple[str, ...]:
    return known_locales()
