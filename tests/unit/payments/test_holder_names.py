"""Whose wallet it is: names as networks write them, against names as people do."""

import pytest

from payments.sending.holders import alike


@pytest.mark.parametrize(
    ("expected", "holder"),
    [
        ("Moses Okello", "OKELLO MOSES"),
        ("Moses Okello", "OKELLO MOSES K."),
        ("Njeri Wambui", "WAMBUI NJERI MARY"),
        ("Mohammed Ali", "MOHAMED ALI"),
        ("Adébáyọ̀ Ọládélé", "OLADELE ADEBAYO"),
        ("Mama Njeri", "NJERI WAMBUI"),
    ],
)
def test_the_same_person(expected: str, holder: str) -> None:
    assert alike(expected, holder)


@pytest.mark.parametrize(
    ("expected", "holder"),
    [
        ("Moses Okello", "SARAH NAMUSOKE"),
        ("Njeri Wambui", "SSEMAKULA DENIS"),
        ("Ali", "BUKENYA GODFREY"),
        ("Njeri Wambui", ""),
    ],
)
def test_somebody_else(expected: str, holder: str) -> None:
    assert not alike(expected, holder)
