"""A shop's names as the language engine sees them: sizes, colours, models and near names."""

from collections.abc import Sequence
from dataclasses import dataclass

from intents.understanding import Entry


@dataclass(frozen=True, slots=True)
class Stall:
    """A catalogue that never changes."""

    key: str
    entries: Sequence[Entry]


def variant(parent: str, sku: str, *words: str) -> Entry:
    return Entry(sku, f"{parent} {' '.join(words)}", parent=parent, words=words)


MARKET = Stall(
    "market-1",
    (
        Entry("RICE", "Rice", ("mchele",)),
        variant("RICE", "RICE-5", "5kg"),
        variant("RICE", "RICE-25", "25kg"),
        Entry("SUGAR", "Sugar", ("sukari",), unit="kg"),
        Entry("INDOMIE-CHICKEN", "Indomie Chicken 70g", ("indomie",)),
        Entry("INDOMIE-ONION", "Indomie Onion 70g"),
        Entry("OIL", "Sunflower Cooking Oil"),
        variant("OIL", "OIL-1", "1L"),
        variant("OIL", "OIL-3", "3L"),
        Entry("MILK", "Fresh Milk 500ml"),
        Entry("MILK-POWDER", "Powdered Milk 400g"),
        Entry("BREAD", "Brown Bread"),
        Entry("SPARK-10", "Tecno Spark 10"),
        Entry("SPARK-20", "Tecno Spark 20"),
        Entry("A14", "Samsung A14"),
        Entry("7UP", "7up 500ml"),
        Entry("COKE", "Coca-Cola 500ml", ("coke",)),
        Entry("DRESS", "Ankara Dress"),
        variant("DRESS", "DRESS-BLUE-M", "blue", "M"),
        variant("DRESS", "DRESS-RED-M", "red", "M"),
        variant("DRESS", "DRESS-BLUE-L", "blue", "L"),
        Entry("EGGS", "Eggs Tray", ("eggs",), unit="tray"),
        Entry("BLUE-BAND", "Blue Band 500g"),
        Entry("BEANS-YELLOW", "Yellow Beans", unit="kg"),
        Entry("BEANS-RED", "Red Beans", unit="kg"),
        Entry("TOMATO", "Tomatoes"),
        Entry("TOMATO-PASTE", "Tomato Paste"),
    ),
)
