"""What makes one answer right, and which wrong changes of a cart count."""

from decimal import Decimal

import pytest

from intents.evaluation.carried_out import CARRYING, Change, carried_out
from intents.evaluation.judging import Fault, judge
from intents.intent import Intent
from intents.understanding import Action, Asked
from tests.unit.intents.evaluation.made import SHOP, act, answer, row, thing

ADD, REMOVE, UPDATE = Intent.ADD_TO_CART, Intent.REMOVE_FROM_CART, Intent.UPDATE_CART
TWO_MILK = act(ADD, thing("milk", "2"))
SURE = 0.7


def test_a_frame_is_right_when_intent_items_quantities_and_other_actions_are() -> None:
    meant = row(TWO_MILK, act(Intent.CHECKOUT))
    assert judge(answer(meant, TWO_MILK, act(Intent.CHECKOUT)), SHOP, SURE).frame


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ((act(UPDATE, thing("milk", "2")), act(Intent.CHECKOUT)), Fault.INTENT),
        ((act(ADD, thing("sugar", "2")), act(Intent.CHECKOUT)), Fault.GOODS),
        ((act(ADD, thing("milk", "2"), thing("milk", "2")), act(Intent.CHECKOUT)), Fault.GOODS),
        ((act(ADD), act(Intent.CHECKOUT)), Fault.GOODS),
        ((act(ADD, thing("milk", "3")), act(Intent.CHECKOUT)), Fault.QUANTITY),
        ((act(ADD, thing("milk")), act(Intent.CHECKOUT)), Fault.QUANTITY),
        ((TWO_MILK,), Fault.FURTHER_ACTION),
        ((TWO_MILK, act(Intent.PAY)), Fault.FURTHER_ACTION),
        ((TWO_MILK, act(Intent.CHECKOUT), act(Intent.PAY)), Fault.FURTHER_ACTION),
    ],
)
def test_a_frame_is_wrong_when_any_of_it_is(said: tuple[Action, ...], fault: Fault) -> None:
    meant = row(TWO_MILK, act(Intent.CHECKOUT))
    judged = judge(answer(meant, *said), SHOP, SURE)
    assert (judged.frame, judged.fault) == (False, fault)


def test_quantities_that_changed_places_are_wrong() -> None:
    meant = row(act(ADD, thing("milk", "2"), thing("sugar", "3")))
    said = answer(meant, act(ADD, thing("milk", "3"), thing("sugar", "2")))
    assert judge(said, SHOP, SURE).fault is Fault.QUANTITY


def test_the_order_of_items_and_of_further_actions_does_not_matter() -> None:
    meant = row(act(ADD, thing("milk"), thing("sugar", "1")), act(Intent.PAY), TWO_MILK)
    said = answer(meant, act(ADD, thing("sugar", "1.0"), thing("milk")), TWO_MILK, act(Intent.PAY))
    assert judge(said, SHOP, SURE).frame


def test_details_count_where_the_set_gives_them() -> None:
    asked = row(act(Intent.NEGOTIATE), details={"amount": 4000})
    assert judge(answer(asked, act(Intent.NEGOTIATE), amount=Decimal(4000)), SHOP, SURE).frame
    less = answer(asked, act(Intent.NEGOTIATE), amount=Decimal(40))
    assert judge(less, SHOP, SURE).fault is Fault.DETAIL
    silent = row(act(Intent.NEGOTIATE))
    assert judge(answer(silent, act(Intent.NEGOTIATE), amount=Decimal(40)), SHOP, SURE).frame


def test_items_are_counted_by_sku_and_quantity_over_all_actions() -> None:
    meant = row(act(ADD, thing("milk", "2"), thing(None, None)), act(REMOVE, thing("sugar")))
    said = answer(meant, act(ADD, thing("milk", "3"), thing(None)), act(UPDATE, thing("sugar")))
    judged = judge(said, SHOP, SURE)
    assert (judged.shared, judged.named, judged.meant) == (2, 3, 3)


def changes(*actions: Action, confidence: float = 0.9, **about: object) -> set[Change]:
    here = row(act(Intent.GREET), **about)  # type: ignore[arg-type]
    return set(carried_out(actions, confidence, here, SHOP, SURE))


@pytest.mark.parametrize(
    ("action", "cart", "made"),
    [
        (TWO_MILK, (), {("add", "milk", 2)}),
        (act(ADD, thing("milk")), (), {("add", "milk", 1)}),
        (act(ADD, thing("milk", "0")), (), set()),
        (act(ADD, thing("milk", "0.5")), (), set()),
        (act(ADD, thing("milk", "1000")), (), set()),
        (act(ADD, thing("milk", "2", "kg")), (), set()),
        (act(ADD, thing("sugar", "2", "kg")), (), {("add", "sugar", 2)}),
        (act(ADD, thing("rice", "2")), (), set()),
        (act(ADD, thing("rice-5", "2")), (), {("add", "rice-5", 2)}),
        (act(ADD, thing(None, "2", None, "milk", "sugar")), (), set()),
        (act(ADD, thing("milk"), thing("sugar")), (), {("add", "milk", 1), ("add", "sugar", 1)}),
        (act(REMOVE, thing("milk")), (), set()),
        (act(REMOVE, thing("milk")), ("milk",), {("take", "milk", 0)}),
        (act(REMOVE, thing("milk", "2")), ("milk",), {("take", "milk", 2)}),
        (act(REMOVE, thing("rice")), ("rice-5",), {("take", "rice-5", 0)}),
        (act(REMOVE, thing("rice")), ("rice-5", "rice-1"), set()),
        (act(UPDATE, thing("rice", "3")), ("rice-5",), {("set", "rice-5", 3)}),
        (act(UPDATE, thing("milk", "3")), (), {("add", "milk", 3)}),
        (act(UPDATE, thing("milk", "0")), ("milk",), {("take", "milk", 0)}),
        (act(UPDATE, thing("milk", "0")), (), set()),
        (
            act(UPDATE, thing("rice-5", "0"), thing("rice-1")),
            ("rice-5",),
            {("add", "rice-1", 1), ("take", "rice-5", 0)},
        ),
        (act(UPDATE, thing("rice-5", "0"), thing("rice")), ("rice-5",), set()),
        (act(UPDATE, thing("rice-5", "0"), thing("rice-1")), (), {("add", "rice-1", 1)}),
        (act(Intent.ASK_PRICE, thing("milk", "2")), (), set()),
    ],
)
def test_what_the_flows_do_unasked(
    action: Action, cart: tuple[str, ...], made: set[tuple[str, str, int]]
) -> None:
    assert changes(action, cart=cart) == made


def test_below_the_confidence_nothing_is_done_unasked() -> None:
    assert changes(TWO_MILK, confidence=0.69) == set()
    assert changes(TWO_MILK, confidence=0.7) == {("add", "milk", 2)}


def test_a_change_beside_another_wish_is_made_where_its_handler_makes_it() -> None:
    assert changes(act(Intent.CHECKOUT), TWO_MILK) == {("add", "milk", 2)}
    assert changes(act(Intent.TRACK_ORDER), TWO_MILK) == set()
    assert Intent.PAY not in CARRYING


def test_an_answer_to_how_many_is_taken_for_what_was_asked_about() -> None:
    about = {"asked": Asked.QUANTITY, "last": "milk"}
    assert changes(act(ADD, thing(None, "3")), confidence=0.1, **about) == {("add", "milk", 3)}
    assert changes(act(ADD, thing("sugar", "3")), confidence=0.1, **about) == set()
    in_cart = {**about, "cart": ("milk",)}
    assert changes(act(ADD, thing(None, "3")), confidence=0.1, **in_cart) == {("set", "milk", 3)}


def test_a_wrong_action_is_a_change_that_was_not_asked_for() -> None:
    meant = row(TWO_MILK)
    assert not judge(answer(meant, TWO_MILK), SHOP, SURE).wrong_action
    assert judge(answer(meant, act(ADD, thing("milk", "3"))), SHOP, SURE).wrong_action
    assert not judge(answer(meant, act(ADD, thing("milk", "3")), sure=0.6), SHOP, SURE).wrong_action
    assert not judge(answer(meant, act(ADD, thing("rice"))), SHOP, SURE).wrong_action
    question = row(act(Intent.ASK_PRICE, thing("milk")))
    assert judge(answer(question, act(ADD, thing("milk"))), SHOP, SURE).wrong_action
