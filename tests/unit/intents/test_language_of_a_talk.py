"""In which language a message is read, and a conversation goes on."""

from collections.abc import Mapping, Sequence

from intents.tongues import leading, settled, weigh
from intents.understanding import Context

SHOP = ("en", "sw")


def talk(*messages: tuple[Mapping[str, float], int], locales: Sequence[str] = SHOP) -> list[str]:
    """The language after each message, given as its languages' chances and its number of words."""
    heard: Mapping[str, float] = {}
    current, after = locales[0], []
    for tongues, words in messages:
        heard = weigh(heard, tongues, words, locales)
        current = settled(heard, current)
        after.append(current)
    return after


def test_one_short_message_never_switches() -> None:
    for words in range(6):
        assert talk(({"sw": 0.99, "en": 0.01}, words)) == ["en"]
    assert talk(({"sw": 0.99, "en": 0.01}, 6)) == ["sw"]


def test_several_short_ones_do() -> None:
    swahili = ({"sw": 0.95, "en": 0.05}, 3)
    assert talk(swahili, swahili, swahili) == ["en", "en", "sw"]


def test_mixing_two_languages_keeps_the_present_one() -> None:
    mixed = ({"sw": 0.55, "en": 0.45}, 8)
    assert talk(*[mixed] * 12) == ["en"] * 12


def test_a_word_of_another_language_does_not_switch_back() -> None:
    swahili, english = ({"sw": 0.98, "en": 0.02}, 7), ({"en": 0.97, "sw": 0.03}, 2)
    assert talk(swahili, english, english) == ["sw", "sw", "sw"]


def test_a_language_that_the_shop_has_no_texts_in_is_never_chosen() -> None:
    assert talk(*[({"fr": 0.99, "en": 0.01}, 9)] * 5) == ["en"] * 5


def test_a_message_is_read_in_its_own_language_where_that_is_clear() -> None:
    context = Context("en", SHOP)
    assert leading({"fr": 0.95, "en": 0.03, "sw": 0.02}, context) == "fr"
    assert leading({"sw": 0.6, "en": 0.2, "fr": 0.2}, context) == "en"
    assert leading({"sw": 0.5, "en": 0.1, "fr": 0.4}, context) == "sw"


def test_without_any_chances_the_language_spoken_so_far_leads() -> None:
    assert leading({}, Context("sw", SHOP)) == "sw"
