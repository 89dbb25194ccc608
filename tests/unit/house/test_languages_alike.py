"""Every text in every language, filled and read: plural forms, placeholders, and no English left in."""

import re

import pytest

from channels.channel import Medium
from channels.render import Reader, Words
from flows.message import Message
from scripts.catalogues.lengths import messages
from scripts.catalogues.plurals import category
from scripts.catalogues.texts import ROOT, catalogues, read

COUNTS = (0, 1, 2, 5, 11, 21, 100)
TEXTS = {locale: read(path, locale) for locale, path in catalogues(ROOT)}
WORDS = Words(ROOT / "locales", strict=True)
MESSAGES = {message.key: message for message in messages(ROOT)}
COUNTED = [key for key, message in MESSAGES.items() if message.count is not None]
# Pidgin's words are mostly English ones.
FOREIGN = sorted(set(TEXTS) - {"en", "pcm"})
# What has one name everywhere, and a word that these languages took over whole.
SHARED = {"rail-airtel", "rail-flutterwave", "rail-mtn-momo", "rail-paystack", "rail-wallet"} | {
    "cash-word", "rail-cash", "desk-order-line", "desk-order-rider", "job-line", "track-rider", "help-then",
    "option-track-order", "order-numbered", "who-with-order", "receipt-page-total", "wallet-move-order",
}  # fmt: skip
ENGLISH = {
    "the", "your", "and", "not", "you", "with", "please", "from", "this", "that", "these", "those",
    "for", "are", "was", "were", "has", "have", "had", "will", "been", "they", "them", "their",
    "there", "what", "which", "when", "where", "why", "how", "here", "now", "then", "only", "than",
}  # fmt: skip


def said(message: Message, locale: str, medium: Medium = Medium.WHATSAPP) -> str:
    return WORDS.text(message, Reader(locale, "Africa/Kampala", "customer"), medium)


@pytest.mark.parametrize("medium", list(Medium))
@pytest.mark.parametrize("locale", sorted(TEXTS))
def test_every_text_can_be_filled(locale: str, medium: Medium) -> None:
    for message in MESSAGES.values():
        text = said(message, locale, medium)
        assert text.strip(), message.key
        assert not re.search(r"\{\w*\}", text), message.key


@pytest.mark.parametrize("locale", sorted(TEXTS))
def test_a_count_takes_the_form_of_its_category(locale: str) -> None:
    for key in COUNTED:
        forms: dict[str, set[str]] = {}
        for count in COUNTS:
            message = Message(key, count=count, **MESSAGES[key].values)
            shown = said(message, locale)
            forms.setdefault(category(locale, count), set()).add(
                re.sub(rf"\b{count}\b", "#", shown)
            )
        # Where a form is silent about the number it stands for one number alone.
        for name, shapes in forms.items():
            assert len(shapes) == 1 or name == "one" or locale == "yo", (key, shapes)


@pytest.mark.parametrize("locale", ["en", "fr", "ha", "lg", "pcm", "sw"])
def test_languages_that_tell_one_from_many_do_so_somewhere(locale: str) -> None:
    told = {key for key in COUNTED if len(set(TEXTS[locale]["", key].forms)) > 1}
    assert told


@pytest.mark.parametrize("locale", FOREIGN)
def test_no_text_was_left_in_english(locale: str) -> None:
    same = {
        key
        for (context, key), text in TEXTS[locale].items()
        if text.forms == TEXTS["en"].get((context, key), text).forms
        and ("", key) in TEXTS["en"]
        and (context, key) in TEXTS["en"]
        and re.search("[A-Za-z]{2}", re.sub(r"\{\w+\}", "", text.forms[0]))
    }
    assert same <= SHARED


@pytest.mark.parametrize("locale", FOREIGN)
def test_no_english_word_slips_into_a_text(locale: str) -> None:
    for (_, key), text in TEXTS[locale].items():
        for form in text.forms:
            words = re.findall(r"[^\W\d_]+", re.sub(r"\{\w+\}", "", form))
            assert ENGLISH.isdisjoint(words), (key, form)


@pytest.mark.parametrize("locale", sorted(TEXTS))
def test_the_words_that_are_sent_stay_as_they_are_typed(locale: str) -> None:
    for (context, key), english in TEXTS["en"].items():
        text = TEXTS[locale].get((context, key))
        if text is None or key.startswith(("paid-", "place-fast", "alert-paid")):
            continue
        # "OK, we speak French." is no word to send.
        asked = english.forms[0].removeprefix("OK,").removeprefix("OK.")
        wanted = set(re.findall(r"\b[A-Z]{2,}\b", asked)) - {"PIN", "SMS"}
        assert wanted <= set(re.findall(r"\b[A-Z]{2,}\b", text.forms[0])), (key, text.forms)
