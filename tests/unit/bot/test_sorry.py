"""What a dialled code answers while nothing works."""

from pathlib import Path

import pytest

from bot.hub.spoken import Spoken
from channels.render import Words
from channels.render.gsm import is_gsm

LOCALES = Path(__file__).parents[3] / "locales"
CODE = "*284*77#"


@pytest.fixture
def spoken() -> Spoken:
    return Spoken(Words(LOCALES))


def test_it_says_sorry_in_english_before_it_knows_a_shop(spoken: Spoken) -> None:
    assert spoken.sorry() == "END Sorry, please dial again in a minute."
    assert spoken.sorry(CODE) == spoken.sorry()


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("fr", "END Pardon, recomposez dans une minute, svp."),
        ("sw", "END Samahani, piga tena baada ya dakika moja."),
        ("ha", "END Ku yi hakuri, sake kira bayan minti daya."),
    ],
)
def test_it_says_sorry_in_the_language_that_the_code_last_spoke(
    spoken: Spoken, locale: str, text: str
) -> None:
    spoken.learn(CODE, locale)
    assert spoken.sorry(CODE) == text
    assert spoken.sorry("*284*78#").startswith("END Sorry")


@pytest.mark.parametrize("locale", ["en", "fr", "ha", "lg", "pcm", "sw", "yo"])
def test_it_is_one_plain_screen_in_every_language(spoken: Spoken, locale: str) -> None:
    spoken.learn(CODE, locale)
    page = spoken.sorry(CODE)
    assert is_gsm(page)
    assert len(page) <= 160
