"""Which shop a message is for: what is clear is decided, what is not is asked."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.reception.routing import (
    Addressed,
    Ask,
    Candidate,
    Hint,
    To,
    by_extension,
    by_keyword,
    by_role,
    how_to_address,
    which_shop,
)

JOY = Candidate(UUID(int=1), "Joy Shop", "JOY")
OKELLO = Candidate(UUID(int=2), "Okello Phones", "OKELLO")
SHOPS = (JOY, OKELLO)
SELLS_JOY = Candidate(JOY.shop_id, JOY.name, role="seller")
RIDES_JOY = Candidate(JOY.shop_id, JOY.name, role="rider")
SELLS_OKELLO = Candidate(OKELLO.shop_id, OKELLO.name, role="seller")

NOBODY = Addressed()
AT_JOY = Addressed(JOY.shop_id, hint_due=False)
BUSY_AT_JOY = replace(AT_JOY, busy=True)
ASKED_BUYING = Addressed(JOY.shop_id, "OKELLO phone", (OKELLO, JOY), busy=True)
ASKED = Addressed(JOY.shop_id, "OK 1001", (SELLS_JOY, SELLS_OKELLO))


@pytest.mark.parametrize(
    ("text", "roles", "addressed", "decision"),
    [
        ("JOY", (), NOBODY, To(JOY.shop_id, "", opened=True)),
        ("joy rice please", (), NOBODY, To(JOY.shop_id, "rice please")),
        ("Joy: rice", (), NOBODY, To(JOY.shop_id, "rice")),
        ("  okello  ", (), NOBODY, To(OKELLO.shop_id, "", opened=True)),
        ("rice please", (), NOBODY, Hint(say=True)),
        ("rice please", (), replace(NOBODY, hint_due=False), Hint(say=False)),
        ("rice please", (), AT_JOY, To(JOY.shop_id, "rice please")),
        ("joyful rice", (), AT_JOY, To(JOY.shop_id, "joyful rice")),
        ("OKELLO phone", (), AT_JOY, To(OKELLO.shop_id, "phone")),
        # With a cart or an order under way a lone keyword leads away, or a poster's; of others is asked.
        ("OKELLO phone", (), BUSY_AT_JOY, Ask("OKELLO phone", (OKELLO, JOY))),
        ("OKELLO #12", (), BUSY_AT_JOY, To(OKELLO.shop_id, "#12")),
        ("1", (), ASKED_BUYING, To(OKELLO.shop_id, "phone")),
        ("2", (), ASKED_BUYING, To(JOY.shop_id, "OKELLO phone")),
        ("rice", (), ASKED_BUYING, To(JOY.shop_id, "rice")),
        ("OKELLO", (), BUSY_AT_JOY, To(OKELLO.shop_id, "", opened=True)),
        ("JOY more rice", (), BUSY_AT_JOY, To(JOY.shop_id, "more rice")),
        # Words of people who work here.
        ("OK 1001", (SELLS_OKELLO,), AT_JOY, To(OKELLO.shop_id, "OK 1001", "seller")),
        ("NO 1001", (SELLS_JOY, RIDES_JOY), NOBODY, To(JOY.shop_id, "NO 1001")),
        ("ORDERS", (SELLS_JOY, SELLS_OKELLO), NOBODY, Ask("ORDERS", (SELLS_JOY, SELLS_OKELLO))),
        ("JOY ORDERS", (SELLS_JOY, SELLS_OKELLO), NOBODY, To(JOY.shop_id, "ORDERS")),
        # The answer to "which shop?" is for the message that had been unclear.
        ("2", (), ASKED, To(OKELLO.shop_id, "OK 1001", "seller")),
        (" 1. ", (), ASKED, To(JOY.shop_id, "OK 1001", "seller")),
        ("3", (), ASKED, To(JOY.shop_id, "3")),
        ("0", (), ASKED, To(JOY.shop_id, "0")),
        ("9" * 5000, (), ASKED, To(JOY.shop_id, "9" * 5000)),
        ("2", (), AT_JOY, To(JOY.shop_id, "2")),
        ("", (), NOBODY, Hint(say=True)),
    ],
)
def test_a_shared_address_goes_by_keyword_then_by_the_shop_addressed_last(
    text, roles, addressed, decision
) -> None:
    assert by_keyword(text, SHOPS, roles, addressed) == decision


@pytest.mark.parametrize(
    ("text", "roles", "addressed", "decision"),
    [
        ("OK 1001", (SELLS_JOY,), NOBODY, To(JOY.shop_id, "OK 1001", "seller")),
        ("OK", (SELLS_JOY, SELLS_OKELLO), NOBODY, Ask("OK", (SELLS_JOY, SELLS_OKELLO))),
        ("1", (), ASKED, To(JOY.shop_id, "OK 1001", "seller")),
        ("hello", (), NOBODY, Hint(say=True)),
        ("hello", (), AT_JOY, To(JOY.shop_id, "hello")),
    ],
)
def test_the_platforms_own_number_goes_by_what_the_person_is(
    text, roles, addressed, decision
) -> None:
    assert by_role(text, roles, addressed) == decision


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1", (JOY, "")),
        ("1*12", (JOY, "12")),
        ("2*1*1", (OKELLO, "1*1")),
        ("9*1*5", (JOY, "5")),
        (" 1 ", (JOY, "")),
        ("", None),
        ("9", None),
        ("**", None),
    ],
)
def test_a_shared_code_goes_by_the_first_extension_that_there_is(text, found) -> None:
    shops = (replace(JOY, word="1"), replace(OKELLO, word="2"))
    expected = (shops[0] if found[0] is JOY else shops[1], found[1]) if found else None
    assert by_extension(text, shops) == expected


def test_the_question_numbers_the_shops_as_the_answer_counts_them() -> None:
    asked = which_shop((SELLS_JOY, SELLS_OKELLO))
    lines = asked.values["choices"]
    assert [line.values["number"] for line in lines] == ["1", "2"]
    assert [line.values["name"] for line in lines] == ["Joy Shop", "Okello Phones"]


def test_the_hint_names_four_shops_at_most() -> None:
    many = [Candidate(UUID(int=n), f"Shop {n}", f"S{n}") for n in range(9)]
    assert len(how_to_address(many).values["words"]) == 4


def test_what_is_no_word_goes_to_where_the_person_works_on_the_platforms_number() -> None:
    assert by_role("1", (), NOBODY, (JOY,)) == To(JOY.shop_id, "1")
    assert by_role("what now", (), NOBODY, (JOY, OKELLO)) == Ask("what now", (JOY, OKELLO))
