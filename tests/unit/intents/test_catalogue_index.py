from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from intents.language_files import speech
from intents.matching import find
from intents.names.index import Names
from intents.names.shelf import Shelf
from intents.terms import singular
from intents.understanding import Entry
from tests.fakes.market import MARKET, Stall

ENGLISH = speech(("en",))


def shop(*entries: Entry) -> Names:
    return Names(entries, ENGLISH)


def test_an_index_is_made_once_for_each_key_and_forgotten_when_unused() -> None:
    shelf = Shelf(size=2)
    first = shelf.names(MARKET, ("en",))
    assert shelf.names(MARKET, ("en",)) is first
    for key in ("b", "c"):
        shelf.names(replace(MARKET, key=key), ("en",))
    assert shelf.names(MARKET, ("en",)) is not first


def test_a_changed_key_shows_new_entries() -> None:
    shelf = Shelf()
    before = shelf.names(Stall("1", (Entry("A", "Soap"),)), ("en",))
    after = shelf.names(Stall("2", (Entry("B", "Soap"),)), ("en",))
    assert (find(before, ["soap"], (), ()).sku, find(after, ["soap"], (), ()).sku) == ("A", "B")


def test_threads_may_read_one_index() -> None:
    names = shop(*MARKET.entries)
    words = ["suger", "bred", "tomatto", "indomi", "sugr", "mlik"] * 50
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda word: find(names, [word], (), ()), words))
    assert found == found[:6] * 50


def test_a_whole_name_beats_names_that_only_hold_it() -> None:
    names = shop(Entry("R", "Rice"), Entry("C", "Rice Cooker"), Entry("B", "Basmati Rice"))
    assert find(names, ["rice"], (), ()).sku == "R"
    assert find(names, ["rice", "cooker"], (), ()).sku == "C"


def test_two_products_of_one_name_are_asked_about() -> None:
    names = shop(Entry("A", "Soap"), Entry("B", "Soap"))
    found = find(names, ["soap"], (), ())
    assert (found.sku, found.candidates) == (None, ("A", "B"))


def test_sizes_in_names_compare_exactly() -> None:
    names = shop(Entry("S5", "Rice 5kg"), Entry("S25", "Rice 25kg"))
    assert find(names, ["rice"], {"weight:25000"}, ()).sku == "S25"
    assert find(names, ["rice"], {"weight:10000"}, ()).sku is None
    alone = shop(Entry("S25", "Rice 25kg"))
    assert find(alone, ["rice"], {"weight:5000"}, ()).sku is None


def test_variants_without_their_product_still_have_a_family() -> None:
    names = shop(Entry("V1", "Mug red", parent="MUG", words=("red",)))
    assert find(names, ["mug"], (), ()).sku == "MUG"
    assert find(names, ["mug", "red"], (), ()).sku == "V1"


def test_short_words_and_figures_need_to_be_the_same() -> None:
    names = shop(Entry("T", "Tea"), Entry("A14", "Samsung A14"))
    assert find(names, ["ten"], (), ()).score == 0
    assert find(names, ["samsung", "a15"], (), ()).sku is None
    assert find(names, ["samsung", "a14"], (), ()).sku == "A14"


def test_an_empty_shop_finds_nothing() -> None:
    assert find(shop(), ["rice"], (), ()).sku is None


@pytest.mark.parametrize("word", ["njano", "rawaya", "jaune", "yellow"])
def test_a_colour_in_another_language_tells_variants_apart(word: str) -> None:
    names = shop(
        Entry("B", "Beans"),
        Entry("B-Y", "Beans", parent="B", words=("yellow",)),
        Entry("B-R", "Beans", parent="B", words=("red",)),
    )
    assert find(names, ["beans", word], (), ()).sku == "B-Y"


def test_a_misspelt_word_tells_no_variants_apart() -> None:
    names = shop(
        Entry("B", "Beans"),
        Entry("B-P", "Beans", parent="B", words=("pinto",)),
        Entry("B-R", "Beans", parent="B", words=("red",)),
    )
    assert find(names, ["beans", "pinta"], (), ()).sku == "B"


@pytest.mark.parametrize("listed", ["Groundnuts", "Peanuts"])
def test_goods_are_found_by_each_of_their_english_names(listed: str) -> None:
    names = shop(Entry("G", listed), Entry("B", "Beans"))
    assert [find(names, [word], (), ()).sku for word in ("karanga", "gyada")] == ["G", "G"]


def test_a_word_of_another_language_is_known_although_its_ending_means_something_here() -> None:
    hausa = speech(("en", "ha"))
    names = Names((Entry("B", "Bread"), Entry("S", "Soap")), hausa)
    assert find(names, [singular("pain", hausa)], (), ()).sku == "B"


@pytest.mark.parametrize("listed", ["Beans", "Bean"])
def test_what_is_singular_already_is_known_where_more_could_be_cut_off(listed: str) -> None:
    names = Names((Entry("B", listed), Entry("S", "Soap")), speech(("en", "ha")))
    assert find(names, ["haricot"], (), ()).sku == "B"


def test_a_sellers_own_word_still_means_what_it_means_to_others() -> None:
    names = shop(Entry("M", "Maize flour", aliases=("unga",)), Entry("W", "Wheat flour"))
    assert find(names, ["unga", "ngano"], (), ()).sku == "W"
    assert find(names, ["unga"], (), ()).sku == "M"
