import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from intents.frames import from_frame, to_frame
from intents.intent import Intent
from intents.understanding import Action, Item, Understanding

names = st.text(max_size=12)
quantities = st.none() | st.decimals(0, 10**6, places=2).map(lambda d: d.normalize())
items = st.builds(
    Item,
    mention=names,
    sku=st.none() | names,
    quantity=quantities,
    unit=st.none() | names,
    candidates=st.lists(names, max_size=3).map(tuple),
)
understandings = st.builds(
    Understanding,
    text=st.just(""),
    locale=st.just("en"),
    intent=st.sampled_from(Intent),
    confidence=st.integers(0, 10_000).map(lambda n: n / 10_000),
    items=st.lists(items, max_size=3).map(tuple),
    order=st.none() | st.integers(1001, 99_999),
    coupon=st.none() | names,
    locale_change=st.none() | st.just("sw"),
    amount=quantities,
    phone=st.none(),
    area=st.none(),
    also=st.lists(
        st.builds(Action, st.sampled_from(Intent), st.lists(items, max_size=2).map(tuple)),
        max_size=2,
    ).map(tuple),
)


@given(understandings)
def test_a_frame_comes_back_from_json_as_it_went(understood: Understanding) -> None:
    frame = json.loads(json.dumps(to_frame(understood, "m-1")))
    assert frame["id"] == "m-1"
    assert from_frame(frame) == understood


def test_the_frame_has_the_contracts_keys_and_plain_numbers() -> None:
    understood = Understanding(
        "2 rice and half sugar",
        "en",
        Intent.ADD_TO_CART,
        0.98761,
        (Item("rice", "RICE", Decimal(2)), Item("sugar", None, Decimal("0.5"), "kg", ("A", "B"))),
        also=(Action(Intent.CHECKOUT),),
    )
    assert to_frame(understood, 7) == {
        "id": 7,
        "locale": "en",
        "intent": "add_to_cart",
        "confidence": 0.9876,
        "items": [
            {"sku": "RICE", "mention": "rice", "quantity": 2, "unit": None, "candidates": []},
            {
                "sku": None,
                "mention": "sugar",
                "quantity": 0.5,
                "unit": "kg",
                "candidates": ["A", "B"],
            },
        ],
        "order": None,
        "coupon": None,
        "locale_change": None,
        "amount": None,
        "also": [{"intent": "checkout", "items": []}],
    }
