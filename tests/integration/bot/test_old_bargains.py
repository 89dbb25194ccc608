"""What was said about a price is kept for a while, and no longer."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from town import AMINA, Town

from bot.maintenance import BARGAINS_KEPT, tidy
from store.models import BargainRow


@pytest.mark.parametrize(
    ("age", "kept"), [(BARGAINS_KEPT, 1), (BARGAINS_KEPT + timedelta(days=1), 0)]
)
def test_old_bargains_are_forgotten(town: Town, age: timedelta, kept: int) -> None:
    bargain = BargainRow(
        shop_id=town.shop().id,
        person_id=town.person(AMINA).id,
        sku="soap",
        day=(town.now - age).date(),
        listed=4500,
        created_at=town.now - age,
    )
    town.do(lambda s: s.add(bargain))
    tidy(town.world)
    assert len(town.do(lambda s: s.scalars(select(BargainRow)).all())) == kept
