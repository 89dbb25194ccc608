"""docs/orders.md draws the road of an order as the tables have it."""

import re
from pathlib import Path

from flows.ports.delivery import Fulfilment
from flows.ports.orders import OrderStatus, Role
from store.orders.transitions import TRANSITIONS, may_move

DOCUMENT = (Path(__file__).parents[3] / "docs" / "orders.md").read_text("utf-8")
ARROW = re.compile(r"^    (\w+) --> (\w+): (.+)$", re.M)


def who(before: OrderStatus, after: OrderStatus, fulfilment: Fulfilment) -> list[str]:
    return [role.value for role in Role if may_move(before, after, role, fulfilment)]


def drawn() -> dict[tuple[str, str], str]:
    return {(before, after): who for before, after, who in ARROW.findall(DOCUMENT)}


def table() -> dict[tuple[str, str], str]:
    """Every step that anybody may take, with those who may; what only pickups do is marked."""
    steps = {}
    for before in OrderStatus:
        for after in OrderStatus:
            brought = who(before, after, Fulfilment.STANDARD)
            fetched = who(before, after, Fulfilment.PICKUP)
            if brought:
                steps[before.value, after.value] = ", ".join(brought)
            elif fetched:
                steps[before.value, after.value] = f"{', '.join(fetched)} (pickup)"
    return steps


def test_the_drawing_has_every_step_and_who_may_take_it() -> None:
    assert drawn() == table()


def test_the_drawing_ends_where_nothing_leaves() -> None:
    ends = {status.value for status, ways in TRANSITIONS.items() if not ways}
    assert set(re.findall(r"^    (\w+) --> \[\*\]$", DOCUMENT, re.M)) == ends


def test_every_setting_of_the_shop_file_is_written_down() -> None:
    for key in (
        *("return_days", "cancel_keeps", "refusal_keeps"),
        *("length", "lead", "most", "days", "ahead"),
    ):
        assert re.search(rf"\b{key} = \d", DOCUMENT), key
