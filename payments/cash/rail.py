"""Cash as a rail: it sends no prompts and has no provider that could be asked."""

from datetime import timedelta

from flows.ports.payments import Fit, NextStep, Way
from payments.charge import Limits
from payments.unable import Unable


class Cash(Unable):
    """Serves every shop and every customer, with a phone or without."""

    name = "cash"
    way = Way.CASH
    window = timedelta(0)
    why = "cash is handed over by people; there is no provider to ask"

    def serves(self, country: str, currency: str) -> bool:
        return True

    def fit(self, phone: str) -> Fit:
        return Fit.MAYBE

    def limits(self, currency: str) -> Limits:
        return Limits()

    def next_step(self, code: str | None) -> NextStep:
        return NextStep.ASK_SHOP
