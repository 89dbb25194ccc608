"""What Mobile Money's own SMS say, in the shapes that people forward them in."""

import time
from decimal import Decimal

import pytest

from flows.operator_sms import LONGEST, OperatorSms, read_operator_sms

TRUE = [
    (
        "You have paid UGX 48,000 to MAMA NJERI FOODS. Transaction ID: 12345678901. Fee UGX 0. "
        "New balance: UGX 12,500.",
        ("48000", "UGX", "12345678901"),
    ),
    (
        "You have transferred 48000 UGX to MAMA NJERI (256312000001) from your mobile money account "
        "256772123456 at 2026-11-21 14:05:11. Your new balance: 12500 UGX. Fee was 0 UGX. "
        "Financial Transaction Id: 23456789012.",
        ("48000", "UGX", "23456789012"),
    ),
    (
        "PAID.TID 98765432101. UGX 48,000 to MAMA NJERI FOODS Charge UGX 0. Bal UGX 12,500. "
        "Payment made 21-November-2026 14:05",
        ("48000", "UGX", "98765432101"),
    ),
    (
        "Your payment of UGX 5,000.00 to Mama Njeri is successful. Txn ID CI261121.1405.C00029",
        ("5000.00", "UGX", "CI261121.1405.C00029"),
    ),
    (
        "SJK4T7Y2QW Confirmed. Ksh1,250.00 sent to MAMA NJERI 0722000000 on 21/11/26 at 2:05 PM. "
        "New M-PESA balance is Ksh310.00. Transaction cost, Ksh13.00.",
        ("1250.00", "KES", "SJK4T7Y2QW"),
    ),
    (
        "SJK4T7Y2QW Imethibitishwa. Umelipa Tsh12,500.00 kwa MAMA NJERI tarehe 21/11/26. Salio lako "
        "jipya ni Tsh310.00.",
        ("12500.00", "TZS", "SJK4T7Y2QW"),
    ),
    (
        "Umetuma TSh 12,500 kwa MAMA NJERI. Kumbukumbu namba: MP261121.1405.A00073",
        ("12500", "TZS", "MP261121.1405.A00073"),
    ),
    (
        "Vous avez payé 15 000 FCFA à MAMA NJERI. ID de transaction : 34567890123. Frais : 0 FCFA. "
        "Solde : 2 500 FCFA.",
        ("15000", "XAF", "34567890123"),
    ),
    (
        "Osasudde UGX 48,000 eri MAMA NJERI. TID 45678901234. Balance UGX 12,500",
        ("48000", "UGX", "45678901234"),
    ),
]


@pytest.mark.parametrize(("text", "read"), TRUE)
def test_an_operators_sms_is_read(text: str, read: tuple[str, str, str]) -> None:
    amount, currency, reference = read
    found = read_operator_sms(text)
    assert found is not None
    assert (found.amount, found.currency, found.reference) == (Decimal(amount), currency, reference)


@pytest.mark.parametrize("text", [text for text, _ in TRUE])
def test_forwarding_it_in_other_letters_changes_nothing(text: str) -> None:
    known = read_operator_sms(text)
    assert known is not None
    for forwarded in (text.upper(), text.replace(". ", ".\n")):
        found = read_operator_sms(forwarded)
        assert found is not None, forwarded
        assert (found.amount, found.reference) == (known.amount, known.reference)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "i have paid",
        "I have paid 48000 for order 1001",
        "you have paid too much for this rice, 48,000 is a lot",
        "send me UGX 48,000 of rice, ref my last order",
        "You have received UGX 48,000 from JANE. Transaction ID: 12345678901.",
        "You have paid UGX 48,000 to MAMA NJERI.",
        "You have paid to MAMA NJERI. Transaction ID: 12345678901.",
        "Transaction ID: 12345678901. Fee UGX 500. Balance UGX 12,500",
        "You have paid UGX 48,000. Transaction ID: PENDING",
        "2 soap and 1 milk",
        "482913",
    ],
)
def test_other_messages_are_none(text: str) -> None:
    assert read_operator_sms(text) is None


def test_the_amount_is_not_the_fee_nor_the_balance() -> None:
    found = read_operator_sms(
        "Payment made. Fee UGX 500. New balance UGX 90,000. Amount UGX 48,000. TID 12345678901"
    )
    assert found is not None
    assert found.amount == 48_000


def test_what_two_currencies_are_called_is_either() -> None:
    sms = OperatorSms(Decimal(1), "XAF", "1")
    assert sms.speaks_of("XOF")
    assert sms.speaks_of("XAF")
    assert not sms.speaks_of("UGX")


@pytest.mark.parametrize(
    "text",
    [
        "paid to " * 60,
        "you have paid UGX " + "1," * 250,
        "you have paid UGX " + "1 " * 250 + "TID ",
        "transaction id " * 40 + "paid to",
        "TID " + "A." * 300 + " you have paid UGX 5",
        "you have paid" + " " * 500 + "UGX",
    ],
)
def test_no_message_takes_long_to_read(text: str) -> None:
    assert len(text) <= LONGEST or read_operator_sms(text) is None
    begun = time.perf_counter()
    for _ in range(20):
        read_operator_sms(text[:LONGEST])
    assert time.perf_counter() - begun < 1
