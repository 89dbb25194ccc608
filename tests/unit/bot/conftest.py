"""Somebody at a shop, out of hand-made rows that no database holds."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from bot.talk import Talk
from store.models import ConversationRow, CustomerRow, PersonRow, RiderRow, ShopRow, StaffRow

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
HERE = UUID(int=7)

Stand = Callable[..., Talk]


@pytest.fixture
def stand(model: None) -> Stand:
    """`stand(sells=True, rides=True, **columns of the conversation)`."""

    def make(*, sells: bool = False, rides: bool = False, **columns: object) -> Talk:
        row = {"places": {}, "shown": {}, "ussd": {}, "held_by": "bot", **columns}
        return Talk(
            row=ConversationRow(**row),
            shop=ShopRow(
                slug="njeri", name="Mama Njeri", country="UG", locales=["en"], timezone="UTC"
            ),
            person=PersonRow(phone="+256772000001"),
            customer=CustomerRow(),
            staff=StaffRow() if sells else None,
            rider=RiderRow() if rides else None,
        )

    return make
