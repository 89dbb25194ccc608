from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import pytest

from flows.explain import EXPLANATIONS, STATUS_WORDS, explain
from flows.message import Message
from flows.money import Money
from flows.ports import refusals
from flows.ports.orders import DeliveryStatus, OrderStatus
from flows.ports.refusals import PromptOpen, Refusal, WrongStep

REFUSALS = [
    found
    for found in vars(refusals).values()
    if isinstance(found, type) and issubclass(found, Refusal) and found is not Refusal
]

SAMPLES: dict[Any, Any] = {
    str: "milk",
    int: 3,
    bool: True,
    tuple[str, ...]: ("MTN", "Airtel"),
    Money: Money(500, "UGX"),
    Money | None: Money(900, "UGX"),
    datetime: datetime(2026, 11, 21, tzinfo=UTC),
    datetime | None: datetime(2026, 11, 21, tzinfo=UTC),
}


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda cls: cls.__name__)
def test_every_refusal_is_explained_with_its_facts(refusal: type[Refusal]) -> None:
    facts = {field.name: SAMPLES[field.type] for field in fields(refusal)}
    explained = explain(refusal(**facts))
    assert explained.key.startswith("refused-")


def test_nothing_else_is_explained() -> None:
    assert set(EXPLANATIONS) == set(REFUSALS)


@pytest.mark.parametrize("status", [*OrderStatus, *DeliveryStatus])
def test_every_status_has_its_words(status: OrderStatus | DeliveryStatus) -> None:
    explained = explain(WrongStep(1001, status.value))
    assert explained.values["status"] == STATUS_WORDS[status.value]


def test_money_at_which_a_person_looks_is_not_asked_for_again() -> None:
    assert explain(PromptOpen("+256772123456")) == Message("refused-payment-checked")
