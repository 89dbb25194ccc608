"""The engine as tests ask it."""

from collections.abc import Callable

import pytest

import intents
from intents.understanding import Context, Understanding
from tests.fakes.market import MARKET

Understand = Callable[..., Understanding]


@pytest.fixture(scope="session")
def understand(model: None) -> Understand:
    """`understand(text, asked=..., last_sku=...)` at the market stall."""

    def ask(text: str, **context: object) -> Understanding:
        return intents.understand(text, Context(**context), MARKET)  # type: ignore[arg-type]

    return ask
