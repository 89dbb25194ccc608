"""How messages are made harder: always the same way, and by about as much as said."""

from rapidfuzz.distance import OSA

from intents.evaluation.stress import NOISE, first_words, noisy, without_diacritics
from intents.intent import Intent
from tests.unit.intents.evaluation.made import act, row


def test_letters_lose_their_marks_and_hooks() -> None:
    meant = row(act(Intent.GREET), text="Épicerie œufs ṣọ́ọ̀bù ƙwai ɗaya Ŋŋ 5kg")
    assert without_diacritics(meant) == "Epicerie oeufs soobu kwai daya Nn 5kg"


def test_the_same_message_gets_the_same_noise_and_another_gets_other() -> None:
    text = "please put three packets of milk in my basket and two breads"
    one = row(act(Intent.GREET), text=text, id="en-001")
    other = row(act(Intent.GREET), text=text, id="en-002")
    assert noisy(one) == noisy(one)
    assert noisy(one) != noisy(other)


def test_about_eight_letters_in_a_hundred_are_mistyped_and_no_figure() -> None:
    text = "bring 25 trays of eggs to 1043 "
    rows = [row(act(Intent.GREET), text=text * 3, id=f"en-{number}") for number in range(200)]
    made = [noisy(each) for each in rows]
    letters = sum(c.isalpha() for c in text * 3)
    edits = sum(OSA.distance(text * 3, each) for each in made) / len(rows)
    assert 0.75 * NOISE < edits / letters < 1.1 * NOISE
    assert all(
        [c for c in each if c.isdigit()] == [c for c in text * 3 if c.isdigit()] for each in made
    )


def test_a_message_is_cut_to_three_words() -> None:
    assert first_words(row(act(Intent.GREET), text="put two\nmilk for me")) == "put two milk"
