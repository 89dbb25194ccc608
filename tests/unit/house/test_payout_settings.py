"""What payouts cost, by currency, as an environment says it."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.payout_settings import by_currency, payout_terms
from bot.settings import Settings, SettingsError
from flows.money import Money
from store.payout_terms import PayoutTerms


def test_without_settings_naira_have_their_preset_and_others_cost_nothing(tmp_path: Path) -> None:
    rules = Settings(_env_file=None, sokoni_data=tmp_path).rules()
    naira = rules.payouts["NGN"]
    assert (naira.least, naira.fee_percent, naira.fee_least) == (1000, 2, 50)
    assert naira.fee(Money.of(1_000, "NGN")) == Money.of(50, "NGN")
    assert naira.fee(Money.of(10_000, "NGN")) == Money.of(200, "NGN")
    assert "UGX" not in rules.payouts


def test_a_setting_goes_before_the_preset_and_leaves_the_rest() -> None:
    terms = payout_terms("NGN=500, UGX=1000", "UGX=1.5", "", "UGX=2000000")
    assert terms["NGN"] == PayoutTerms(Decimal(500), Decimal(2), Decimal(50))
    assert terms["UGX"] == PayoutTerms(Decimal(1000), Decimal("1.5"), Decimal(0), Decimal(2000000))


@pytest.mark.parametrize("text", ["1000", "NGN", "NGN=", "NGN=-1", "NGN=NaN", "XX=1", "NGN=1e999x"])
def test_what_says_nothing_clear_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="NGN=1000"):
        by_currency(text)


def test_the_server_does_not_start_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYOUT_LEAST", "a lot")
    with pytest.raises(SettingsError, match="PAYOUT_LEAST"):
        Settings.load(None)


@given(
    there=st.integers(0, 10**12),
    percent=st.decimals(0, 20, places=2),
    least=st.integers(0, 5_000),
    currency=st.sampled_from(["UGX", "NGN", "TND"]),
)
def test_the_most_and_its_fee_are_all_there_is_and_no_more(
    there: int, percent: Decimal, least: int, currency: str
) -> None:
    terms = PayoutTerms(fee_percent=percent, fee_least=Decimal(least))
    whole = Money(there, currency)
    most = terms.most(whole)
    assert most + terms.fee(most) <= whole
    more = most + Money(2, currency)
    assert more + terms.fee(more) > whole
