"""A provider's amount is read as it stands, or not at all."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.money import Money
from payments.amounts import MOST_MINOR, amount_of, json_object

READ = [
    ("48000", "UGX", 48_000),
    (48000, "UGX", 48_000),
    (Decimal("48000.0"), "UGX", 48_000),
    ("48000.00", "UGX", 48_000),
    ("120.50", "GHS", 12_050),
    ("120.5", "ghs", 12_050),
    (Decimal("0.01"), "NGN", 1),
    ("0", "UGX", 0),
    ("10000000000000", "NGN", MOST_MINOR),
]
REFUSED = [
    48000.0,
    True,
    None,
    "",
    " 500",
    "500 ",
    "-500",
    "+500",
    "5e2",
    "1E3",
    "5,000",
    "5.000,00",
    ".5",
    "5.",
    "NaN",
    "Infinity",
    "0x10",
    "１２３",
    "٥٠٠",
    "5_000",
    "500.5",
    -500,
    Decimal("-1"),
    Decimal("1e3"),
    Decimal("1e999999999"),
    Decimal("1e-999999999"),
    Decimal("NaN"),
    Decimal("Infinity"),
    MOST_MINOR + 1,
    10**4000,
    "1" * 17,
    ["500"],
    {"amount": "500"},
]


@pytest.mark.parametrize(("value", "currency", "minor"), READ)
def test_an_amount_is_read(value: object, currency: str, minor: int) -> None:
    assert amount_of(value, currency) == Money(minor, currency.upper())


@pytest.mark.parametrize("value", REFUSED, ids=lambda value: repr(value)[:20])
def test_what_is_no_amount_is_refused(value: object) -> None:
    assert amount_of(value, "UGX") is None


@pytest.mark.parametrize("currency", [None, "", "UG", "UGXX", "U X", 800, "ЦGX"])
def test_without_a_currency_there_is_no_amount(currency: object) -> None:
    assert amount_of("500", currency) is None


def test_more_decimals_than_the_currency_has_are_refused() -> None:
    assert amount_of("120.505", "GHS") is None
    assert amount_of("120.500", "GHS") == Money(12_050, "GHS")


@pytest.mark.parametrize(
    ("value", "minor"), [(48000, 48_000), ("48000", 48_000), (Decimal("48000.0"), 48_000)]
)
def test_minor_units_are_never_multiplied(value: object, minor: int) -> None:
    assert amount_of(value, "NGN", minor=True) == Money(minor, "NGN")
    assert amount_of(value, "UGX", minor=True) == Money(minor, "UGX")


def test_part_of_a_minor_unit_is_refused() -> None:
    assert amount_of("48000.5", "NGN", minor=True) is None


@given(st.integers(0, MOST_MINOR), st.sampled_from(["UGX", "NGN", "GHS", "XAF"]))
def test_what_we_write_is_what_we_read(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert amount_of(format(money.major, "f"), currency) == money


@given(st.one_of(st.text(), st.integers(), st.floats(), st.decimals(), st.booleans()))
def test_nothing_makes_it_raise(value: object) -> None:
    money = amount_of(value, "UGX")
    assert money is None or 0 <= money.minor <= MOST_MINOR


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("48000", 48_000),
        ("48000.0", 48_000),
        ("48000.1", None),
        ("4.8e4", None),
        ("48000E0", None),
        ("1e400", None),
        ("NaN", None),
        ("-Infinity", None),
        ("-0", 0),
        ("9" * 5000, None),
    ],
)
def test_a_bare_number_in_a_body(written: str, read: int | None) -> None:
    body = json_object(f'{{"amount": {written}}}'.encode())
    found = amount_of(body.get("amount"), "UGX")
    assert found == (None if read is None else Money(read, "UGX"))


@pytest.mark.parametrize(
    "raw", [b"", b"[1]", b"null", b"\xff\xfe", b"{", b'"x"', b"[" * 100_000, b'{"a": 1}x']
)
def test_what_is_no_object_is_empty(raw: bytes) -> None:
    assert json_object(raw) == {}


def test_an_object_is_read() -> None:
    raw = json.dumps({"status": "SUCCESSFUL", "payer": {"partyId": "256"}}).encode()
    assert json_object(raw) == {"status": "SUCCESSFUL", "payer": {"partyId": "256"}}
