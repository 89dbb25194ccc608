"""What is right and what is wrong about one answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from intents.evaluation.answering import Answer
from intents.evaluation.carried_out import carried_out
from intents.evaluation.rows import Gold, actions_of, details_of
from intents.evaluation.shop_names import ShopNames
from intents.understanding import Action, Understanding

Thing = tuple[str, Decimal | None]


class Fault(StrEnum):
    """The parts of a frame, in the order in which they are compared."""

    INTENT = "intent"
    GOODS = "goods"
    QUANTITY = "quantity"
    FURTHER_ACTION = "further action"
    DETAIL = "order, coupon, amount or language"


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer judged. `fault` is the first part of the frame that is wrong.

    `shared` items are right in sku and quantity, of `named` by the engine and `meant` by the set;
    `wrong_action` is a change of the cart made unasked that was not asked for.
    """

    answer: Answer
    intent: bool
    fault: Fault | None
    wrong_action: bool
    shared: int
    named: int
    meant: int

    @property
    def frame(self) -> bool:
        """Whether everything is right."""
        return self.fault is None


def judge(answer: Answer, shop: ShopNames, sure: float) -> Judged:
    """Compare one answer with the set. `sure` is the confidence from which flows change a cart."""
    gold, row = answer.row.gold, answer.row
    said = actions_of(answer.said)
    named, meant = _things(said), _things(gold.actions)
    made = carried_out(said, answer.said.confidence, row, shop, sure)
    return Judged(
        answer=answer,
        intent=said[0].intent is gold.intent,
        fault=first_fault(gold, answer.said),
        wrong_action=bool(made - carried_out(gold.actions, 1.0, row, shop, sure)),
        shared=(named & meant).total(),
        named=named.total(),
        meant=meant.total(),
    )


def judge_all(
    answers: Sequence[Answer], shops: Mapping[str, ShopNames], sure: float
) -> Sequence[Judged]:
    """All answers, in their order."""
    return [judge(answer, shops[answer.row.shop], sure) for answer in answers]


def first_fault(gold: Gold, said: Understanding) -> Fault | None:
    """None where all is right: intent, every item's sku and quantity, the other actions in any order,
    and of order, coupon, amount and language what the set gives."""
    first, *others = actions_of(said)
    if first.intent is not gold.intent:
        return Fault.INTENT
    meant, named = (Counter(i.sku or "" for i in a.items) for a in (gold.actions[0], first))
    if meant != named:
        return Fault.GOODS
    if _key(first) != _key(gold.actions[0]):
        return Fault.QUANTITY
    if Counter(map(_key, others)) != Counter(map(_key, gold.actions[1:])):
        return Fault.FURTHER_ACTION
    details = details_of(said)
    right = all(details[name] == value for name, value in gold.details.items())
    return None if right else Fault.DETAIL


def _key(action: Action) -> tuple[str, frozenset[tuple[Thing, int]]]:
    return action.intent.value, frozenset(_things([action]).items())


def _things(actions: Sequence[Action]) -> Counter[Thing]:
    """The items by sku and quantity, where "" stands for no sku."""
    return Counter((i.sku or "", i.quantity) for action in actions for i in action.items)
