"""Cash as a rail: it sends no prompts and has no provider that could be asked."""

from datetime import timedelta
from uuid import UUID

from flows.money import Money
from flows.ports.payments import NextStep
from payments.charge import Charge, RailStatus, RefundRequest, Submission
from payments.errors import PaymentError

NO_PROVIDER = "cash is handed over by people; there is no provider to ask"


class Cash:
    """Serves every shop and every customer, with a phone or without."""

    name = "cash"
    prompts = False
    window = timedelta(0)

    def serves(self, country: str, currency: str) -> bool:
        return True

    def payer_ok(self, phone: str) -> bool:
        return True

    def takes(self, amount: Money) -> bool:
        return amount.minor > 0

    def request(self, charge: Charge) -> Submission:
        raise PaymentError(NO_PROVIDER, permanent=True)

    def status(self, reference: UUID) -> RailStatus:
        raise PaymentError(NO_PROVIDER, permanent=True)

    def refund(self, refund: RefundRequest) -> Submission:
        raise PaymentError(NO_PROVIDER, permanent=True)

    def refund_status(self, reference: UUID) -> RailStatus:
        raise PaymentError(NO_PROVIDER, permanent=True)

    def read_callback(self, path: str, body: bytes) -> UUID | None:
        return None

    def next_step(self, code: str | None) -> NextStep:
        return NextStep.ASK_SHOP
