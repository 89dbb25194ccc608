"""The trained model, made once where it is missing or stale."""

from collections.abc import Callable

import pytest

import intents
from intents.errors import ModelError
from intents.model import default_folder
from intents.understanding import Context, Understanding
from tests.fakes.market import MARKET

Understand = Callable[..., Understanding]


@pytest.fixture(scope="session")
def model() -> None:
    try:
        intents.load()
    except ModelError:
        from intents.train import make_model

        make_model(default_folder(), say=lambda line: None)
        intents.load()


@pytest.fixture(scope="session")
def understand(model: None) -> Understand:
    """`understand(text, asked=..., last_sku=...)` at the market stall."""

    def ask(text: str, **context: object) -> Understanding:
        return intents.understand(text, Context(**context), MARKET)  # type: ignore[arg-type]

    return ask
