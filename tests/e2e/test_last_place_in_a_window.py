"""Ten people want the last place in a window of time, over signed webhooks and real threads."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.cli.books import load_shops
from tests.e2e.house import SHOPS, House, Phone, number_of

BUYERS = [f"+2567725{n:05d}" for n in range(10)]
SLOTS = "pickup = true\nslots = { length = 240, days = 1, most = 1 }\n"
FIRST, NEXT = "Tomorrow 08:00-12:00", "Tomorrow 12:00-16:00"


@pytest.mark.postgres
def test_one_of_ten_gets_the_last_place_and_the_others_are_offered_the_next(
    tmp_path: Path, empty_postgres: str
) -> None:
    house = House(tmp_path, empty_postgres, ["mama"])
    try:
        file = tmp_path / "mama.toml"
        written = (SHOPS / "mama.toml").read_text()
        file.write_text(written.replace("pickup = true\n", SLOTS, 1))
        load_shops(house.world, [file])
        phones = [house.sms(number) for number in BUYERS]
        with ThreadPoolExecutor(len(phones)) as pool:
            summaries = list(pool.map(_as_far_as_the_summary, phones))
            said = list(pool.map(lambda p, s: p.choose("confirm", s), phones, summaries))
        placed = [text for text in said if "1001" in text]
        told = [text for text in said if re.search("that time", text, re.IGNORECASE)]
        assert (len(placed), len(told)) == (1, len(BUYERS) - 1), said
        assert all(NEXT in text and FIRST not in text for text in told)
        assert [order["number"] for order in house.orders()] == [1001]
        # Who came too late takes the next one, and it is theirs.
        late = next(place for place, text in enumerate(said) if text in told)
        summary = phones[late].choose(NEXT, said[late], "12:00-16:00")
        phones[late].choose("confirm", summary, "1002")
    finally:
        house.stop()


def _as_far_as_the_summary(phone: Phone) -> str:
    said = phone.follow(
        phone.say("add 1 bar soap"), "check out", "delivery", "kololo", ">opposite the mosque"
    )
    number_of(FIRST, said)
    return phone.follow(said, FIRST, "cash")
