"""Links that only we can have made."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.receipt_links import ALPHABET, LENGTH, ReceiptLinks
from store.ids import new_id
from store.receipts import PREFIX

LINKS = ReceiptLinks.of("a secret of the house", "https://shop.example")


def test_a_link_is_short_and_of_letters_that_nobody_takes_for_others() -> None:
    link = LINKS.link(new_id())
    token = link.removeprefix("https://shop.example/r/")
    assert len(token) == LENGTH == 36
    assert set(token) <= set(ALPHABET)
    assert not set(ALPHABET) & set("oilu")


@given(st.uuids())
def test_what_we_gave_out_opens_to_the_order_however_it_was_copied(order: UUID) -> None:
    token = LINKS.token(order)
    copied = token.upper().replace("0", "O").replace("1", "I")
    assert LINKS.opened(token) == LINKS.opened(copied) == order.bytes[:PREFIX]


@given(st.uuids(), st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_no_other_letter_anywhere_opens_anything(order: UUID, place: int, letter: str) -> None:
    token = LINKS.token(order)
    if token[place] != letter:
        assert LINKS.opened(token[:place] + letter + token[place + 1 :]) is None


@given(st.text(max_size=80))
def test_rubbish_opens_nothing(text: str) -> None:
    assert LINKS.opened(text) is None


def test_another_secret_makes_other_links() -> None:
    order = new_id()
    other = ReceiptLinks.of("another secret", "https://shop.example")
    assert other.token(order)[16:] != LINKS.token(order)[16:]
    assert other.opened(LINKS.token(order)) is None


def test_who_reads_another_language_is_led_to_it() -> None:
    assert LINKS.link(new_id(), "sw").endswith("?in=sw")
