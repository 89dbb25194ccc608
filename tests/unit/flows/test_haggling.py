from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.haggling import MOST_COUNTERS, Agreed, Counter, Final, haggle, ladder
from flows.tender import BY_CURRENCY, BY_EXPONENT, steps

CURRENCIES = ("UGX", "NGN", "KES", "XAF", "GHS", "TND")


@st.composite
def wares(draw: st.DrawFn) -> tuple[int, int, str]:
    """A price and a floor between half of it and itself, in minor units."""
    listed = draw(st.integers(2, 10**9))
    floor = draw(st.integers(-(-listed // 2), listed - 1))
    return listed, floor, draw(st.sampled_from(CURRENCIES))


offers = st.lists(st.none() | st.integers(1, 2 * 10**9), max_size=12)


@given(wares(), offers)
def test_whatever_is_offered_in_whatever_order_the_price_stays_in_its_bounds(
    ware: tuple[int, int, str], said: list[int | None]
) -> None:
    listed, floor, currency = ware
    counters: list[int] = []
    for offer in said:
        answer = haggle(listed, floor, counters, offer, currency)
        assert answer == haggle(listed, floor, counters, offer, currency)
        if isinstance(answer, Agreed):
            assert floor <= answer.price <= min((listed, *counters))
            assert offer is not None
            assert answer.price <= offer
            return
        if isinstance(answer, Counter):
            assert floor < answer.price < min((listed, *counters))
            counters.append(answer.price)
        else:
            assert answer == Final(min((listed, *counters)))
        assert len(counters) <= MOST_COUNTERS


@given(wares())
def test_each_counter_offer_concedes_no_more_than_the_one_before(
    ware: tuple[int, int, str],
) -> None:
    listed, floor, currency = ware
    made = ladder(listed, floor, currency)
    conceded = [before - after for before, after in pairwise((listed, *made))]
    assert all(step > 0 for step in conceded)
    assert conceded == sorted(conceded, reverse=True)
    assert all(price > floor for price in made)


@given(wares(), st.integers(0, 3), st.integers(1, 2 * 10**9))
def test_a_seller_who_moves_price_and_floor_in_between_breaks_no_bound(
    ware: tuple[int, int, str], made: int, offer: int
) -> None:
    """Counters that were made when the price was another are still never raised."""
    listed, floor, currency = ware
    counters = [listed + 7] * made
    answer = haggle(listed, floor, counters, offer, currency)
    assert answer.price <= listed
    assert not isinstance(answer, Agreed) or answer.price >= floor


@pytest.mark.parametrize(
    ("listed", "floor", "currency", "made"),
    [
        (24_000, 20_000, "UGX", (22_500, 21_500, 21_000)),
        (5_000, 4_500, "UGX", (4_800, 4_700, 4_600)),
        (12_000_000, 10_000_000, "NGN", (11_200_000, 10_700_000, 10_400_000)),
        (45_000, 40_000, "KES", (43_000, 42_000, 41_000)),
        (62_000, 55_800, "XAF", (59_500, 57_950, 57_050)),
        (1_500, 1_350, "UGX", (1_450, 1_400)),
        (1_000, 960, "UGX", ()),
    ],
)
def test_counter_offers_are_amounts_that_people_pay(
    listed: int, floor: int, currency: str, made: tuple[int, ...]
) -> None:
    assert ladder(listed, floor, currency) == made


def test_three_counters_and_then_the_last_one_stands() -> None:
    def say(offer: int | None, *before: int) -> object:
        return haggle(24_000, 20_000, before, offer, "UGX")

    assert say(None) == Counter(22_500, last=False)
    assert say(18_000, 22_500) == Counter(21_500, last=False)
    assert say(None, 22_500, 21_500) == Counter(21_000, last=True)
    assert say(None, 22_500, 21_500, 21_000) == Final(21_000)
    assert say(19_999, 22_500, 21_500, 21_000) == Final(21_000)


@pytest.mark.parametrize(
    ("offer", "before", "price"),
    [
        (23_000, (), 23_000),
        (30_000, (), 24_000),
        (22_000, (22_500,), 22_000),
        (23_500, (22_500,), 22_500),
        (20_000, (22_500, 21_500, 21_000), 20_000),
        (20_500, (22_500, 21_500, 21_000), 20_500),
    ],
)
def test_an_offer_is_taken_as_made_but_never_above_what_was_offered_before(
    offer: int, before: tuple[int, ...], price: int
) -> None:
    assert haggle(24_000, 20_000, before, offer, "UGX") == Agreed(price)


@pytest.mark.parametrize("currency", [*BY_CURRENCY, "TZS", "GHS", "TND"])
def test_every_currency_has_steps_for_every_amount_coarsest_first(currency: str) -> None:
    for price in (0, 1, 99, 10**4, 10**7, 10**10):
        found = steps(price, currency)
        assert found
        assert list(found) == sorted(found, reverse=True)


@pytest.mark.parametrize("table", [*BY_CURRENCY.values(), *BY_EXPONENT.values()])
def test_every_row_of_the_steps_is_in_order_and_the_last_begins_at_nothing(table) -> None:  # type: ignore[no-untyped-def]
    begins = [least for least, _ in table]
    assert begins == sorted(begins, reverse=True)
    assert begins[-1] == 0
