"""A prefix tells a number's network, where people could not take their number along."""

import pytest

from flows.ports.payments import Fit
from payments.networks import network_fit

MTN, AIRTEL = ("MTN", "Areeba", "Lonestar"), ("Airtel",)


@pytest.mark.parametrize(
    ("phone", "names", "fit"),
    [
        # Uganda: nobody's number can have moved.
        ("+256772123456", MTN, Fit.OWN),
        ("+256762123456", MTN, Fit.OWN),
        ("+256782123456", MTN, Fit.OWN),
        ("+256752123456", MTN, Fit.NO),
        ("+256702123456", MTN, Fit.NO),
        ("+256752123456", AIRTEL, Fit.OWN),
        ("+256772123456", AIRTEL, Fit.NO),
        # A prefix that no list has says nothing.
        ("+256392123456", MTN, Fit.MAYBE),
        # Portable: Ghana, Kenya, Nigeria, South Africa, Cameroon, Benin, and by our own list Rwanda.
        ("+233241234567", MTN, Fit.MAYBE),
        ("+233201234567", MTN, Fit.MAYBE),
        ("+254731234567", AIRTEL, Fit.MAYBE),
        ("+2348031234567", MTN, Fit.MAYBE),
        ("+27831234567", MTN, Fit.MAYBE),
        ("+237677123456", MTN, Fit.MAYBE),
        ("+2290197123456", MTN, Fit.MAYBE),
        ("+250788123456", MTN, Fit.MAYBE),
        ("+255781234567", AIRTEL, Fit.MAYBE),
        # Not known to be portable: the likeliest, but nobody is turned away.
        ("+260961234567", MTN, Fit.OWN),
        ("+260971234567", MTN, Fit.MAYBE),
        ("+242061234567", MTN, Fit.OWN),
        ("+224664123456", MTN, Fit.OWN),
        ("+231886123456", MTN, Fit.OWN),
        ("nobody", MTN, Fit.MAYBE),
        ("", MTN, Fit.MAYBE),
    ],
)
def test_a_number_fits_a_network(phone: str, names: tuple[str, ...], fit: Fit) -> None:
    assert network_fit(phone, names) is fit


def test_a_name_is_a_word_of_its_own() -> None:
    assert network_fit("+256772123456", ("mt",)) is Fit.NO
    assert network_fit("+256772123456", ("mtn",)) is Fit.OWN
