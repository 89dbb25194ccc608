import json
from datetime import UTC, datetime

import pytest

from channels.shown import Page, Shown, dump, load

SHOWN = Shown(
    "customer",
    datetime(2026, 11, 21, 9, 0, 0, 123, tzinfo=UTC),
    (Page("CON One", {"1": "pay"}, {"1": "Pay"}), Page("CON Two", {"2": "no"}, {"2": "No"})),
    1,
)


def test_a_menu_survives_being_stored_as_json() -> None:
    assert load(json.loads(json.dumps(dump(SHOWN)))) == SHOWN


def test_turning_a_page_keeps_the_rest() -> None:
    assert SHOWN.turned(0).current.text == "CON One"
    assert SHOWN.turned(0).pages == SHOWN.pages


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"r": "customer"},
        {**dump(SHOWN), "n": 2},
        {**dump(SHOWN), "n": -1},
        {**dump(SHOWN), "p": [1]},
    ],
)
def test_anything_else_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="as shown"):
        load(document)
