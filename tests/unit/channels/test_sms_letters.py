"""What a shop's choice of letters does to its SMS, and what it costs."""

from datetime import datetime
from pathlib import Path

import pytest

from channels.channel import Medium
from channels.render import Reader, Words, render
from channels.render.gsm import is_gsm, segments, transliterate
from flows.message import Elastic, Message, verbatim
from flows.money import Money
from flows.reply import Menu, Option, Reply

PLAIN = Reader("yo", "Africa/Lagos", "customer")
OWN = Reader("yo", "Africa/Lagos", "customer", gsm_only=False)
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
TEXTS = """
msgid "page-more"
msgstr "Òmíràn"

msgid "page-previous"
msgstr "Ìṣáájú"

msgid "page-back"
msgstr "Padà"

msgid "page-home"
msgstr "Ilé"

msgid "husband"
msgstr "Ọkọ {name}"

msgctxt "gsm"
msgid "husband"
msgstr "Oko ile {name}"

msgid "many"
msgid_plural "many"
msgstr[0] "Ọkọ̀ kan"
msgstr[1] "Ọkọ̀ {count}"

msgctxt "gsm"
msgid "many"
msgid_plural "many"
msgstr[0] "Moto kan"
msgstr[1] "Moto {count}"

msgid "alert"
msgstr "Ọjà {number}: {items}"
"""


@pytest.fixture(scope="module")
def yoruba(tmp_path_factory: pytest.TempPathFactory) -> Words:
    directory = tmp_path_factory.mktemp("locales")
    for language in ("en", "yo"):
        folder = directory / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "messages.po").write_text(HEADER + TEXTS, encoding="utf-8")
    return Words(directory)


def sms(reply: Reply, reader: Reader, words: Words, now: datetime) -> str:
    [draft] = render(reply, Medium.SMS, reader, words, now, provider="twilio").texts
    assert draft.segments == segments(draft.text).count
    return draft.text


# Letters, then segments in plain letters and in the language's own.
ARITHMETIC = (
    (70, 1, 1),
    (71, 1, 2),
    (134, 1, 2),
    (135, 1, 3),
    (160, 1, 3),
    (161, 2, 3),
    (201, 2, 3),
)


@pytest.mark.parametrize(("length", "plain", "own"), ARITHMETIC)
def test_own_letters_cost_the_same_only_up_to_70_of_them(length: int, plain: int, own: int) -> None:
    text = "ẹ" * length
    assert segments(transliterate(text, accents=True)).count == plain
    assert segments(text).count == own


@pytest.mark.parametrize(("length", "plain", "own"), ARITHMETIC)
def test_a_shop_that_chose_its_own_letters_gets_them_also_where_they_cost_more(
    yoruba: Words, now: datetime, length: int, plain: int, own: int
) -> None:
    reply = Reply((verbatim("ẹ" * length),))
    assert sms(reply, OWN, yoruba, now) == "ẹ" * length
    assert sms(reply, PLAIN, yoruba, now) == "e" * length
    assert own >= plain


def test_letters_are_made_plain_before_a_text_is_torn_into_pages(
    yoruba: Words, now: datetime
) -> None:
    text = " ".join(["ọjà"] * 60)
    [draft] = render(
        Reply((verbatim(text),)), Medium.SMS, OWN, yoruba, now, provider="twilio"
    ).texts
    assert draft.text == " ".join(["oja"] * 60)


def test_a_menu_has_own_letters_too(yoruba: Words, now: datetime) -> None:
    reply = Reply((verbatim("Ẹ káàbọ̀"),), Menu((Option("a", verbatim("Rírà ọjà")),)))
    assert sms(reply, OWN, yoruba, now) == "Ẹ káàbọ̀\n1 Rírà ọjà"
    assert sms(reply, PLAIN, yoruba, now) == "E kaabo\n1 Rira oja"


def test_typography_is_made_plain_whatever_the_shop_chose(yoruba: Words, now: datetime) -> None:
    reply = Reply((verbatim("“Ẹja” – tútù…"),))
    assert sms(reply, OWN, yoruba, now) == '"Ẹja" - tútù...'


@pytest.mark.parametrize(
    ("medium", "reader", "text"),
    [
        (Medium.SMS, PLAIN, "Oko ile Ade"),
        (Medium.SMS, OWN, "Ọkọ Ade"),
        (Medium.USSD, PLAIN, "Oko ile Ade"),
        (Medium.USSD, OWN, "Oko ile Ade"),
        (Medium.WHATSAPP, PLAIN, "Ọkọ Ade"),
        (Medium.WHATSAPP, OWN, "Ọkọ Ade"),
    ],
)
def test_words_that_plain_letters_would_change_have_others(
    yoruba: Words, medium: Medium, reader: Reader, text: str
) -> None:
    assert yoruba.text(Message("husband", name="Ade"), reader, medium) == text


def test_other_words_are_counted_as_well(yoruba: Words) -> None:
    assert yoruba.text(Message("many", count=3), PLAIN, Medium.SMS) == "Moto 3"
    assert yoruba.text(Message("many", count=3), OWN, Medium.SMS) == "Ọkọ̀ 3"


def test_a_sellers_alert_is_one_plain_segment_whatever_the_shop_chose(
    yoruba: Words, now: datetime
) -> None:
    order = Message("alert", number=1001, items=Elastic(tuple(["2 Ẹ̀wà tútù"] * 30)))
    reader = Reader("yo", "Africa/Lagos", "seller", gsm_only=False)
    text = sms(Reply((order,)), reader, yoruba, now)
    assert is_gsm(text)
    assert segments(text).count == 1
    assert text.startswith("Oja 1001: 2 Ewa tutu")


def test_ussd_is_plain_whatever_the_shop_chose(yoruba: Words, now: datetime) -> None:
    reply = Reply((verbatim("Ẹ̀wà"), Message("husband", name="Ọlá")), ends=True)
    rendered = render(reply, Medium.USSD, OWN, yoruba, now, provider="africastalking")
    assert rendered.texts[0].text == "END Ewa\nOko ile Ola"


def test_where_marks_tell_tones_no_label_keeps_some_of_them(yoruba: Words, now: datetime) -> None:
    menu = Menu(tuple(Option(f"p:{n}", verbatim(name)) for n, name in enumerate(("Padà", "Èdè"))))
    assert sms(Reply((), menu), PLAIN, yoruba, now) == "1 Pada\n2 Ede"
    rendered = render(Reply((), menu), Medium.USSD, OWN, yoruba, now, provider="africastalking")
    assert rendered.texts[0].text == "CON 1 Pada\n2 Ede\n0 Pada\n00 Ile"


def test_only_languages_whose_letters_lose_tones_have_them() -> None:
    words = Words(Path(__file__).parents[3] / "locales")
    assert [locale for locale in words.locales if words.has_tones(locale)] == ["yo"]
    assert words.has_tones("yo-NG")


def test_money_and_names_do_not_make_a_plain_shop_pay(now: datetime) -> None:
    words = Words(Path(__file__).parents[3] / "locales")
    message = Message("product-priced", name="Gâteau rêve", price=Money(25000, "XAF"))
    reader = Reader("fr", "Africa/Douala", "customer")
    assert is_gsm(sms(Reply((message,)), reader, words, now))
