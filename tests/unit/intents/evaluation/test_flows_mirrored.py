"""What is counted as a change made unasked is what the flows do: both get the same frames."""

import pytest

from flows.customer.certainty import SURE_TO_CHANGE
from intents.evaluation import command
from intents.evaluation.carried_out import CARRYING, SET, TAKE, Change, carried_out
from intents.evaluation.shop_names import ShopNames
from intents.intent import Intent
from intents.understanding import Action, Asked, Entry
from tests.fakes.conversation import Conversation
from tests.fakes.ports import SHELF, FakeShop
from tests.unit.intents.evaluation.made import act, row, thing

ADD, REMOVE, UPDATE = Intent.ADD_TO_CART, Intent.REMOVE_FROM_CART, Intent.UPDATE_CART
SHOP = ShopNames(
    "shelf",
    tuple(
        entry
        for product in SHELF
        for entry in (
            Entry(product.sku, product.name, unit=product.unit),
            *(
                Entry(v.sku, v.label, parent=product.sku, words=(v.label,))
                for v in product.variants
            ),
        )
    ),
    ("en",),
    "UG",
)


def talk(cart: tuple[str, ...]) -> Conversation:
    talk = Conversation(FakeShop())
    talk.say(Intent.GREET)
    for sku in cart:
        talk.shop.cart.add(sku, 1)
    return talk


def after(changes: frozenset[Change], cart: tuple[str, ...]) -> dict[str, int]:
    """The cart after these changes, when it had one of each."""
    pieces = dict.fromkeys(cart, 1)
    for change in changes:
        had = pieces.pop(change.sku, 0)
        left = had - (change.pieces or had) if change.act == TAKE else had + change.pieces
        left = change.pieces if change.act == SET else left
        if left > 0:
            pieces[change.sku] = left
    return pieces


def test_the_confidence_is_the_one_of_the_flows() -> None:
    assert command.SURE_TO_CHANGE == SURE_TO_CHANGE


@pytest.mark.parametrize("confidence", [0.6, 0.69, 0.7, 0.95])
@pytest.mark.parametrize(
    ("actions", "cart"),
    [
        ((act(ADD, thing("milk", "2")),), ()),
        ((act(ADD, thing("milk"), thing("beans", "2", "kg")),), ("milk",)),
        ((act(ADD, thing("milk", "2", "kg")),), ()),
        ((act(ADD, thing("milk", "1.5")),), ()),
        ((act(ADD, thing("rice", "2")),), ()),
        ((act(ADD, thing("rice-5kg", "2")),), ()),
        ((act(ADD, thing(None, "2", None, "milk", "soap")),), ()),
        ((act(REMOVE, thing("milk")),), ("milk", "soap")),
        ((act(REMOVE, thing("milk")),), ("soap",)),
        ((act(REMOVE, thing("rice")),), ("rice-1kg",)),
        ((act(REMOVE, thing("rice")),), ("rice-1kg", "rice-5kg")),
        ((act(UPDATE, thing("milk", "4")),), ("milk",)),
        ((act(UPDATE, thing("milk", "4")),), ()),
        ((act(UPDATE, thing("rice", "4")),), ("rice-5kg",)),
        ((act(UPDATE, thing("milk", "0")),), ("milk",)),
        ((act(UPDATE, thing("milk")),), ("milk",)),
        ((act(UPDATE, thing("milk"), thing("soap")),), ("milk",)),
        ((act(UPDATE, thing("milk")), act(ADD, thing("soap"))), ("milk",)),
        ((act(Intent.CHECKOUT), act(UPDATE, thing("milk"))), ("milk",)),
        ((act(ADD, thing("beans", "1000", "g")),), ()),
        ((act(ADD, thing("beans", "500", "g")),), ()),
        ((act(UPDATE, thing("rice", "2", "kg")),), ("rice-1kg",)),
        ((act(UPDATE, thing("rice", "10", "kg")),), ("rice-5kg",)),
        ((act(UPDATE, thing("rice", "2", "bags")),), ("rice-5kg",)),
        ((act(UPDATE, thing("rice", "2", "kg")),), ("rice-5kg",)),
        ((act(UPDATE, thing("rice-5kg", "0"), thing("rice-1kg")),), ("rice-5kg",)),
        ((act(UPDATE, thing("rice-5kg", "0"), thing("milk", "3")),), ("rice-5kg",)),
        ((act(UPDATE, thing("rice-5kg", "0"), thing("rice-1kg", "3")),), ()),
        ((act(UPDATE, thing("milk", "0"), thing("rice")),), ("milk",)),
        ((act(REMOVE, thing("milk")), act(ADD, thing("soap", "2"))), ("milk",)),
        ((act(ADD, thing("soap", "2")), act(Intent.CHECKOUT)), ("milk",)),
        ((act(ADD, thing("unknown", "2")),), ()),
    ],
)
def test_the_flows_change_the_same_lines(
    actions: tuple[Action, ...], cart: tuple[str, ...], confidence: float
) -> None:
    heard = talk(cart)
    first, *also = actions
    heard.say(first.intent, *first.items, also=tuple(also), confidence=confidence)
    made = carried_out(actions, confidence, row(first, cart=cart), SHOP, SURE_TO_CHANGE)
    assert heard.shop.cart.quantities == after(made, cart)


@pytest.mark.parametrize("intent", sorted(set(Intent) - {ADD, REMOVE, UPDATE, Intent.OUT_OF_SCOPE}))
def test_the_same_intents_also_make_changes_that_stand_beside_them(intent: Intent) -> None:
    heard = talk(())
    heard.say(intent, also=(act(ADD, thing("milk", "2")),))
    assert (heard.shop.cart.quantities == {"milk": 2}) == (intent in CARRYING)


@pytest.mark.parametrize("confidence", [0.4, 0.9])
@pytest.mark.parametrize("named", [None, "milk", "soap"])
def test_the_answer_to_how_many_changes_the_same_line(named: str | None, confidence: float) -> None:
    heard = talk(())
    heard.choose("browse", "category:food", "product:milk", "quantity:milk")
    assert heard.reply.asks is Asked.QUANTITY
    said = act(ADD, thing(named, "3"))
    heard.say(said.intent, *said.items, text="three", confidence=confidence)
    about = row(said, asked=Asked.QUANTITY, last="milk")
    made = carried_out((said,), confidence, about, SHOP, SURE_TO_CHANGE)
    assert heard.shop.cart.quantities == after(made, ())
