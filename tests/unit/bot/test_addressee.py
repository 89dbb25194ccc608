import pytest

from bot.addressee import reader_at
from store.models import ShopRow


@pytest.mark.parametrize(("letters", "gsm_only"), [("plain", True), ("own", False)])
def test_who_is_written_to_reads_the_letters_that_the_shop_pays_for(
    letters: str, gsm_only: bool
) -> None:
    shop = ShopRow(slug="bisi", timezone="Africa/Lagos", sms_letters=letters)
    reader = reader_at(shop, "yo", "seller")
    assert (reader.locale, reader.timezone, reader.role) == ("yo", "Africa/Lagos", "seller")
    assert reader.gsm_only is gsm_only
