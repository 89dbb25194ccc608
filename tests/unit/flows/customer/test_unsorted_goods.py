from pathlib import Path

import pytest

from channels.channel import Medium
from channels.render import Reader, Words
from flows.customer.browsing import title
from flows.ports.catalogue import UNSORTED, Category

WORDS = Words(Path(__file__).parents[4] / "locales")


@pytest.mark.parametrize(("locale", "text"), [("en", "Other things"), ("fr", "Autres produits")])
def test_goods_that_the_seller_put_nowhere_stand_under_a_name_in_the_readers_language(
    locale: str, text: str
) -> None:
    reader = Reader(locale, "UTC", "customer")
    assert WORDS.text(title(Category("1", UNSORTED, 3)), reader, Medium.WHATSAPP) == text
    assert WORDS.text(title(Category("2", "Grains", 3)), reader, Medium.WHATSAPP) == "Grains"
