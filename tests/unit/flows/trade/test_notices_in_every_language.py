"""What sellers, riders and customers are told, in every language."""

from pathlib import Path

import pytest

from channels.channel import Medium
from channels.render import Reader, Words, render
from channels.render.gsm import Encoding, is_gsm, segments
from flows import happenings as h
from flows.money import Money
from flows.notices import Notice, notices
from flows.ports.orders import Order, OrderLine
from flows.ports.till import Day
from flows.reply import Reply
from tests.fakes.happenings import HAPPENINGS
from tests.fakes.trade import NOW, PAID, SHOP, an_order

LOCALES = Path(__file__).parents[4] / "locales"
LANGUAGES = sorted(folder.name for folder in LOCALES.iterdir() if folder.is_dir())
TOTAL = Money(999_999_999_99, "NGN")
LINES = tuple(
    OrderLine("sku", f"Àwọn ẹ̀wà pupa, ìdìpọ̀ ńlá nọ́mbà {n}", n, TOTAL, TOTAL) for n in range(1, 15)
)
LONG = {
    "lines": LINES,
    "total": TOTAL,
    "area": "Ọjà Ọba, ẹ̀gbẹ́ ṣọ́ọ̀ṣì, Ìbàdàn North-East Local Government",
}
USUAL = an_order(10234)


@pytest.fixture(scope="module")
def words() -> Words:
    return Words(LOCALES, strict=True)


def sms(notice: Notice, language: str, words: Words, *, gsm_only: bool = True) -> str:
    reader = Reader(language, "Africa/Lagos", "seller", gsm_only=gsm_only)
    reply = Reply((notice.message,), notice.menu)
    (draft,) = render(reply, Medium.SMS, reader, words, NOW, provider="twilio").texts
    return draft.text


def alerts(number: int, order: Order) -> list[tuple[Notice, tuple[str, ...]]]:
    """Each way in which a seller hears of an order, and what they must be able to read in it."""
    paid = an_order(number, **PAID, **LONG) if order.lines is LINES else an_order(number, **PAID)
    accept, pack = (f"OK {number}", f"NO {number}"), (f"READY {number}",)
    told = (
        (h.OrderPlaced(order, awaits_payment=False), accept),
        (h.OrderPaid(paid, confirmed=True), pack),
        (h.OrderPaid(paid, confirmed=False), accept),
        (h.SellerSilent(order, 1), accept),
    )
    return [
        (next(n for n in notices(happening, SHOP) if n.message.key.startswith("alert-")), wanted)
        for happening, wanted in told
    ]


@pytest.mark.parametrize("gsm_only", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_order_is_one_plain_segment_however_long_its_words_are(
    language: str, gsm_only: bool, words: Words
) -> None:
    for notice, wanted in alerts(1_234_567, an_order(1_234_567, **LONG)):
        text = sms(notice, language, words, gsm_only=gsm_only)
        counted = segments(text)
        assert (counted.encoding, counted.count) == (Encoding.GSM7, 1), text
        assert all(command in text for command in wanted), text
        assert "+256772123456" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_order_of_the_usual_size_is_told_whole(language: str, words: Words) -> None:
    for notice, _ in alerts(10234, USUAL):
        text = sms(notice, language, words)
        assert "Rice 5kg x2" in text
        assert "Kamwokya" in text
        assert ".." not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("happening", "_heard_by"), HAPPENINGS)
def test_a_notice_costs_no_more_than_in_english(
    happening: h.Happening, _heard_by: list[str], language: str, words: Words
) -> None:
    for notice in notices(happening, SHOP):
        text = sms(notice, language, words)
        assert is_gsm(text)
        assert "{" not in text
        assert "  " not in text
        assert segments(text).count <= segments(sms(notice, "en", words)).count, text


DAYS = (
    Day(NOW.date(), 7, Money(371_000, "UGX"), Money(53_000, "UGX"), 0),
    Day(NOW.date(), 1_234, TOTAL, TOTAL, 12),
)


@pytest.mark.parametrize("gsm_only", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_days_end_is_one_plain_segment(language: str, gsm_only: bool, words: Words) -> None:
    for day in DAYS:
        (notice,) = notices(h.DayEnded(day), SHOP)
        counted = segments(sms(notice, language, words, gsm_only=gsm_only))
        assert (counted.encoding, counted.count) == (Encoding.GSM7, 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_is_one_plain_segment(language: str, words: Words) -> None:
    asked = Money(1_250_000_00, "NGN")
    for number in (None, 10234):
        issued = h.CodeIssued("p", "seller", "482190", asked, NOW, number)
        (notice,) = notices(issued, SHOP)
        text = sms(notice, language, words)
        counted = segments(text)
        assert (counted.encoding, counted.count) == (Encoding.GSM7, 1), text
        assert text.startswith("482190")
        assert notice.secret
