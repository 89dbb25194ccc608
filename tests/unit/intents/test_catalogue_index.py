from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from intents.language_files import speech
from intents.matching import find
from intents.names import Names, Shelf
from intents.understanding import Entry
from tests.fakes.market import MARKET, Stall

ENGLISH = speech(("en",))


def shop(*entries: Entry) -> Names:
    return Names(entries, ENGLISH)


def test_an_index_is_made_once_for_each_key_and_forgotten_when_unused() -> None:
    shelf = Shelf(size=2)
    first = shelf.names(MARKET, ("en",), ENGLISH)
    assert shelf.names(MARKET, ("en",), ENGLISH) is first
    for key in ("b", "c"):
        shelf.names(replace(MARKET, key=key), ("en",), ENGLISH)
    assert shelf.names(MARKET, ("en",), ENGLISH) is not first


def test_a_changed_key_shows_new_entries() -> None:
    shelf = Shelf()
    before = shelf.names(Stall("1", (Entry("A", "Soap"),)), ("en",), ENGLISH)
    after = shelf.names(Stall("2", (Entry("B", "Soap"),)), ("en",), ENGLISH)
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
