"""The project's own test sets: well-formed, unlike what the engine learned from, and unchanged."""

from collections import Counter
from pathlib import Path

import pytest

from intents.evaluation.duplicates import duplicates
from intents.evaluation.rows import Row, read_rows, set_files, sets_hash
from intents.evaluation.shop_names import ShopNames, read_shops
from intents.intent import Intent
from store.shopfile.reading import read_files

ROOT = Path(__file__).parents[4]
SETS = ROOT / "tests/nlu/test"
SHOPS = (ROOT / "shops", ROOT / "tests/nlu/shops")
LANGUAGES = ("en", "fr", "ha", "lg", "pcm", "sw", "yo")
ROWS = read_rows(set_files(SETS))
GOODS = frozenset(
    {
        Intent.ADD_TO_CART, Intent.REMOVE_FROM_CART, Intent.UPDATE_CART, Intent.SEARCH,
        Intent.ASK_PRICE, Intent.ASK_AVAILABILITY, Intent.NEGOTIATE,
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def shops() -> dict[str, ShopNames]:
    return dict(read_shops(SHOPS))


def of(language: str) -> list[Row]:
    return [row for row in ROWS if row.language == language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_set_has_every_intent_twice_and_much_about_goods(language: str) -> None:
    rows = of(language)
    counts = Counter(row.gold.intent for row in rows)
    assert len(rows) == 140
    assert [intent.value for intent in Intent if counts[intent] < 2] == []
    assert counts[Intent.OUT_OF_SCOPE] >= 12
    assert 56 <= sum(counts[intent] for intent in GOODS) <= 84


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_set_has_every_kind_of_difficulty(language: str) -> None:
    rows = of(language)
    items = [item for row in rows for action in row.gold.actions for item in action.items]
    kinds = {
        "two actions": sum(len(row.gold.actions) > 1 for row in rows),
        "swap": sum(any(i.quantity == 0 for i in row.gold.actions[0].items) for row in rows),
        "several items": sum(len(row.gold.actions[0].items) > 1 for row in rows),
        "unknown goods": sum(item.sku is None and not item.candidates for item in items),
        "several fit": sum(bool(item.candidates) for item in items),
        "halves": sum(i.quantity is not None and i.quantity % 1 > 0 for i in items),
        "unit": sum(item.unit is not None for item in items),
        "asked": sum(row.asked is not None for row in rows),
        **{key: sum(key in row.gold.details for row in rows)
           for key in ("order", "coupon", "amount", "locale_change")},
    }  # fmt: skip
    assert [kind for kind, count in kinds.items() if count == 0] == []


def test_every_id_is_there_once_and_says_its_language() -> None:
    assert [row.id for row in ROWS] == sorted({row.id for row in ROWS})
    assert all(row.id.startswith(f"{row.language}-") for row in ROWS)


def test_every_sku_is_the_shops(shops: dict[str, ShopNames]) -> None:
    wrong = []
    for row in ROWS:
        known = {entry.sku for entry in shops[row.shop].entries}
        items = [item for action in row.gold.actions for item in action.items]
        named = {item.sku for item in items if item.sku} | {c for i in items for c in i.candidates}
        named |= {*row.in_cart, *filter(None, [row.last_sku])}
        if not named <= known or any(item.sku and item.candidates for item in items):
            wrong.append(row.id)
    assert wrong == []


def test_no_test_message_is_near_to_training_or_to_another() -> None:
    found = duplicates(SETS, ROOT / "tests/nlu/dev")
    assert [(each.id, each.other) for each in found] == []


def test_the_sets_are_the_recorded_ones() -> None:
    recorded = (ROOT / "tests/nlu/SHA256").read_text().split()[0]
    assert sets_hash(set_files(SETS)) == recorded


def test_the_shops_of_the_sets_load() -> None:
    files = read_files(sorted((ROOT / "tests/nlu/shops").glob("*.toml")))
    assert {file.slug for file in files} == {"epicerie-awa", "mama-bisi"}
    assert all(25 <= len(file.products) <= 50 for file in files)


def test_the_figures_written_down_are_those_of_these_sets() -> None:
    recorded = (ROOT / "tests/nlu/SHA256").read_text().split()[0]
    assert f"sets `{recorded[:16]}`" in (ROOT / "docs/nlu.md").read_text(encoding="utf-8")
