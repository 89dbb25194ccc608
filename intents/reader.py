"""Understands a message: what was read from it, what the classifier says, and what was asked before."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from spacy.language import Language as Pipeline

from intents import answers
from intents.classifier import NAME, IntentClassifier
from intents.decisions import (
    A_GUESS,
    ABOUT_GOODS,
    BY_RULE,
    CART,
    MANNERS,
    Act,
    Classify,
    decide,
    talks_of_goods,
)
from intents.details import bare_coupon
from intents.errors import ModelError
from intents.folding import folded
from intents.intent import Intent
from intents.language import Language
from intents.language_files import called, elisions
from intents.locales import NAME as LOCALES_NAME
from intents.locales import LocaleClassifier
from intents.model_numbers import around_models
from intents.names.shelf import Shelf
from intents.parting import parted
from intents.phrases import words
from intents.reading import Reading, read
from intents.segments import Segment, segments
from intents.swaps import find_swap
from intents.tongues import leading
from intents.understanding import Action, Asked, Catalogue, Context, Item, Understanding
from intents.wishes import read_wish

_SWAP = 0.93
_UNSURE = 0.45
_ORDER_ALONE = 0.6
_MOST_ACTIONS = 6
_OF_ORDERS = frozenset({Intent.CANCEL_ORDER, Intent.RECEIPT, Intent.REORDER, Intent.PAID_ALREADY})
# Words as they are, no chat spelling of any language replaced.
_NO_LANGUAGE = Language("und")


class Reader:
    """The engine with its model in memory. Safe to share between threads."""

    def __init__(self, nlp: Pipeline) -> None:
        classifier, languages = nlp.get_pipe(NAME), nlp.get_pipe(LOCALES_NAME)
        if not isinstance(classifier, IntentClassifier):
            raise ModelError(f"{NAME} is a {type(classifier).__name__}")
        if not isinstance(languages, LocaleClassifier):
            raise ModelError(f"{LOCALES_NAME} is a {type(languages).__name__}")
        self._ask: Classify = classifier.probabilities
        self._languages = languages
        self._shelf = Shelf()
        # Before processes fork: what is read now, they share.
        called()
        elisions()

    def understand(self, text: str, context: Context, catalogue: Catalogue) -> Understanding:
        """What the message means. Any text gets an answer; about the first 500 characters are read."""
        tongues = self._languages.probabilities(folded(text, _NO_LANGUAGE))
        reading = read(text, context, catalogue, self._shelf, leading(tongues, context))
        if (around := around_models(reading.mentions, reading.tokens)) is not None:
            # "itel" looks English in any sentence.
            tongues = self._languages.probabilities(around)
            if (leads := leading(tongues, context)) != reading.leading:
                reading = read(text, context, catalogue, self._shelf, leads)
        # What tells actions apart also decides what they are: no part is asked about twice.
        acts = _acts(reading, cache(self._ask))
        wish = read_wish(text, (reading.leading, *context.locales))
        return replace(_joined(reading, acts, text), tongues=tongues, wish=wish)


def _acts(reading: Reading, ask: Classify) -> list[Act]:
    """All actions of a message, at least one."""
    if not any(token.word[0].isalnum() for token in reading.tokens):
        said = reading.language.whole.get(words(reading.tokens), Intent.OUT_OF_SCOPE)
        return [Act(said, BY_RULE if said is not Intent.OUT_OF_SCOPE else 0.0)]
    whole = reading.language.whole.get(_spoken(reading))
    if whole is not None:
        return [Act(whole, BY_RULE)]
    if act := _answered(reading):
        return [act]
    swap = find_swap(reading)
    if swap is not None and talks_of_goods(reading, ask):
        before = _by_segments(reading, (0, swap.first), ask)
        after = _by_segments(reading, (swap.last, len(reading.tokens)), ask)
        beside = [act for act in (*before, *after) if act.intent in CART and act.items]
        # "Not 5, 3" may mean any of the things in a cart.
        named = any(item.mention for item in swap.items) or len(reading.context.in_cart) < 2
        sure = _SWAP if named else A_GUESS
        return _merged([Act(Intent.UPDATE_CART, sure, swap.items), *beside])
    everything = (0, len(reading.tokens))
    return _merged(_by_segments(reading, everything, ask)) or [Act(Intent.OUT_OF_SCOPE, 0.0)]


def _by_segments(reading: Reading, within: Segment, ask: Classify) -> list[Act]:
    """The actions of a part of the message."""
    acts: list[Act] = []
    about = reading.context.last_sku
    ends = {mention.last for mention in reading.mentions}
    whole = segments(reading.tokens, ends, reading.language)
    clipped = [(max(first, within[0]), min(last, within[1])) for first, last in whole]
    for segment in [
        part
        for first, last in clipped
        if first < last
        for part in parted(reading, (first, last), ask)
    ]:
        # The component is asked directly: a Doc for each message would leave every word that
        # anybody ever typed in spaCy's store of strings.
        act = decide(reading, segment, about, ask)
        if act is not None:
            acts.append(act)
            about = next((item.sku for item in reversed(act.items) if item.sku), about)
    if len(acts) > 1 and any(a.confidence < _UNSURE and not a.items for a in acts):
        # What makes no sense in parts may make sense as a whole.
        together = decide(reading, within, about, ask)
        if together is not None and together.confidence >= max(act.confidence for act in acts):
            return [together]
    return acts


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
    """Manners and chatter beside a wish dropped, as is what nobody understood; one intent's items brought
    together.
    """
    wishes = [act for act in _with_topics(acts) if act.intent not in MANNERS]
    wishes = [act for act in wishes if act.intent is not Intent.OUT_OF_SCOPE] or wishes
    clear = [act for act in wishes if act.confidence >= _UNSURE or act.items]
    if any(act.intent in _OF_ORDERS for act in clear):
        # "Cancel it, order 1009": the number by itself asks nothing.
        clear = [act for act in clear if act.intent is not Intent.TRACK_ORDER]
    clear = _without_undone(clear)
    merged: dict[Intent, Act] = {}
    for act in clear or wishes or acts[:1]:
        had = merged.get(act.intent)
        if had is None:
            merged[act.intent] = act
        else:
            sure = min(had.confidence, act.confidence) if act.items else had.confidence
            merged[act.intent] = Act(act.intent, sure, had.items + act.items)
    return list(merged.values())[:_MOST_ACTIONS]


def _without_undone(acts: Sequence[Act]) -> list[Act]:
    """ "Take 3 away, make it 5": what is set to a number is not also taken away."""
    made = {i.sku for a in acts if a.intent is Intent.UPDATE_CART for i in a.items if i.quantity}
    return [
        act
        for act in acts
        if act.intent is not Intent.REMOVE_FROM_CART
        or not act.items
        or not {item.sku for item in act.items} <= made - {None}
    ]


def _with_topics(acts: Sequence[Act]) -> list[Act]:
    """Goods named first belong to the action that speaks of them next: "that omo, you can remove it",
    "charcoal, come down a little".
    """
    kept: list[Act] = []
    for act in acts:
        topic = kept[-1] if kept and _may_be_topic(kept[-1]) else None
        named = {item.sku for item in topic.items} if topic else set()
        if topic is None or act.intent not in ABOUT_GOODS - {Intent.SEARCH}:
            kept.append(act)
        elif not act.items:
            kept[-1] = replace(act, items=topic.items)
        elif named <= {item.sku for item in act.items} - {None}:
            kept[-1] = act
        else:
            kept.append(act)
    return kept


def _may_be_topic(act: Act) -> bool:
    return act.intent is Intent.SEARCH and all(item.quantity is None for item in act.items)


def _joined(reading: Reading, acts: Sequence[Act], text: str) -> Understanding:
    first, others = acts[0], acts[1:]
    also = frozenset(act.intent for act in others)
    every = also | {first.intent}
    number = answers.order(reading, every)
    money = answers.amount(reading, every, number)
    alone = answers.language_alone(reading)
    return Understanding(
        text=text,
        locale=reading.leading,
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
