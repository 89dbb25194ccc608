"""Every number to 9,999, spelt out by the rules of each language, reads back as itself."""
# ruff: noqa: SIM905 (words are read best as the sentence that one says)

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from intents.folding import tidy, tokenise
from intents.language_files import speech
from intents.number_words import Role
from intents.numbers import read_number

Spell = Callable[[int], str]

EN_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
EN_TENS = "- - twenty thirty forty fifty sixty seventy eighty ninety".split()

FR_ONES = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf"
).split()
FR_TENS = "- - vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()

SW_ONES = "sifuri moja mbili tatu nne tano sita saba nane tisa".split()
SW_TENS = "- kumi ishirini thelathini arobaini hamsini sitini sabini themanini tisini".split()

HA_ONES = "sifili ɗaya biyu uku huɗu biyar shida bakwai takwas tara".split()
HA_TENS = "- goma ashirin talatin arba'in hamsin sittin saba'in tamanin casa'in".split()

LG_ONES = "zeero emu bbiri ssatu nnya ttaano mukaaga musanvu munaana mwenda".split()
LG_TENS = [
    "-", "kkumi", "amakumi abiri", "amakumi asatu", "amakumi ana", "amakumi ataano", "nkaaga", "nsanvu",
    "kinaana", "kyenda",
]  # fmt: skip
LG_HUNDREDS = [
    "-", "kikumi", "bikumi bibiri", "bikumi bisatu", "bikumi bina", "bikumi bitaano", "lukaaga", "lusanvu",
    "lunaana", "lwenda",
]  # fmt: skip
LG_THOUSANDS = [
    "-", "lukumi", "enkumi bbiri", "enkumi ssatu", "enkumi nnya", "enkumi ttaano", "kakaaga", "kasanvu",
    "kanaana", "kenda",
]  # fmt: skip


def english(number: int) -> str:
    if number < 20:
        return EN_ONES[number]
    if number < 100:
        return EN_TENS[number // 10] + (f" {EN_ONES[number % 10]}" if number % 10 else "")
    scale, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    rest = f" {english(number % scale)}" if number % scale else ""
    return f"{english(number // scale)} {name}{rest}"


def british(number: int) -> str:
    """With "and" before what follows the hundreds."""
    if number < 100:
        return english(number)
    scale, name = (100, "hundred") if number < 1000 else (1000, "thousand")
    below = number % scale
    joiner = " and " if below < 100 else " "
    return f"{british(number // scale)} {name}" + (f"{joiner}{british(below)}" if below else "")


def french(number: int) -> str:
    if number < 20:
        return FR_ONES[number]
    if number < 100:
        tens = FR_TENS[number // 10]
        ones = number % 20 if number >= 60 else number % 10
        if not ones:
            return tens + ("s" if number == 80 else "")
        return (
            f"{tens} et {FR_ONES[ones]}"
            if ones in (1, 11) and number < 80
            else f"{tens}-{FR_ONES[ones]}"
        )
    if number < 1000:
        count, below = divmod(number, 100)
        said = "cent" if count == 1 else f"{FR_ONES[count]} cent{'' if below else 's'}"
    else:
        count, below = divmod(number, 1000)
        said = "mille" if count == 1 else f"{french(count)} mille"
    return f"{said} {french(below)}" if below else said


def belgian(number: int) -> str:
    """Septante and nonante, as in parts of Congo."""
    return french(number) if number % 100 < 70 or 80 <= number % 100 < 90 else _belgian(number)


def _belgian(number: int) -> str:
    above, below = number - number % 100, number % 100
    tens = "septante" if below < 80 else "nonante"
    ones = below % 10
    said = tens + (" et un" if ones == 1 else f"-{FR_ONES[ones]}" if ones else "")
    return f"{french(above)} {said}" if above else said


def swahili(number: int) -> str:
    parts = _decimal_parts(number)
    said = [f"elfu {SW_ONES[parts[0]]}"] if parts[0] else []
    said += [f"mia {SW_ONES[parts[1]]}"] if parts[1] else []
    said += [SW_TENS[parts[2]]] if parts[2] else []
    said += [SW_ONES[parts[3]]] if parts[3] or not said else []
    return " na ".join(said)


def hausa(number: int) -> str:
    parts = _decimal_parts(number)
    said = [f"dubu {HA_ONES[parts[0]]}" if parts[0] > 1 else "dubu"] if parts[0] else []
    said += [f"ɗari {HA_ONES[parts[1]]}" if parts[1] > 1 else "ɗari"] if parts[1] else []
    if parts[2] == 1 and parts[3]:
        said += [f"goma sha {HA_ONES[parts[3]]}"]
    else:
        said += [HA_TENS[parts[2]]] if parts[2] else []
        said += [HA_ONES[parts[3]]] if parts[3] or not said else []
    return " da ".join(said)


def luganda(number: int) -> str:
    parts = _decimal_parts(number)
    words = zip((LG_THOUSANDS, LG_HUNDREDS, LG_TENS, LG_ONES), parts, strict=True)
    said = [table[figure] for table, figure in words if figure]
    return " mu ".join(said or [LG_ONES[0]])


def yoruba(number: int) -> str:
    """The forms below 200 and the hundreds are listed one by one; these join them."""
    table = _yoruba_words()
    if number in table and number < 200:
        return table[number]
    thousands, below = divmod(number, 1000)
    said = [f"egberun {table[thousands]}" if thousands > 1 else "egberun"] if thousands else []
    hundreds = below - below % 100
    said += [table[hundreds]] if hundreds else []
    said += [table[below % 100]] if below % 100 else []
    return " ati ".join(said)


def _yoruba_words() -> Mapping[int, str]:
    language = speech(("yo",))
    own = language.numbers.pieces.items()
    found: dict[int, str] = {}
    for phrase, piece in own:
        word = " ".join(phrase)
        english_word = piece.value < 20 and word in EN_ONES
        if piece.value < 1000 and piece.role is Role.VALUE and not english_word:
            found.setdefault(int(piece.value), word)
    return found


def _decimal_parts(number: int) -> tuple[int, int, int, int]:
    return number // 1000, number // 100 % 10, number // 10 % 10, number % 10


def value(locale: str, text: str) -> Decimal | None:
    language = speech((locale,))
    tokens = tokenise(tidy(text), language)
    number = read_number(tokens, 0, language.numbers)
    return number.value if number is not None and number.last == len(tokens) else None


@pytest.mark.parametrize(
    ("locale", "spell"),
    [
        ("en", english),
        ("en", british),
        ("pcm", english),
        ("fr", french),
        ("fr", belgian),
        ("sw", swahili),
        ("ha", hausa),
        ("lg", luganda),
        ("yo", yoruba),
    ],
    ids=lambda each: each if isinstance(each, str) else each.__name__,
)
def test_every_number_to_9999_reads_back_from_words(locale: str, spell: Spell) -> None:
    wrong = [(n, spell(n)) for n in range(10_000) if value(locale, spell(n)) != n]
    assert wrong[:20] == []
