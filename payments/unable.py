"""What a rail answers where it can do nothing of the kind."""

from collections.abc import Mapping
from typing import Self
from uuid import UUID

from payments.charge import (
    Callback,
    Charge,
    PayoutRequest,
    RailStatus,
    Reason,
    RefundRequest,
    Submission,
)
from payments.errors import PaymentError
from payments.rail import Ability


class Unable:
    """The part of a rail that has no provider's API behind it, and is alike in all countries. A rail
    takes it as its base and puts what it can do in the place of these."""

    why = "this rail cannot do that"

    @property
    def reasons(self) -> Mapping[str, Reason]:
        return {}

    def in_country(self, country: str) -> Self:
        return self

    def can(self, ability: Ability) -> bool:
        return False

    def request(self, charge: Charge) -> Submission:
        raise self._refuse()

    def submit_code(self, charge: Charge, code: str) -> Submission:
        raise self._refuse()

    def status(self, reference: UUID) -> RailStatus:
        raise self._refuse()

    def status_of(self, reference: UUID, provider_id: str | None) -> RailStatus:
        return self.status(reference)

    def refund(self, refund: RefundRequest) -> Submission:
        raise self._refuse()

    def refund_status(self, refund: RefundRequest) -> RailStatus:
        raise self._refuse()

    def payout(self, payout: PayoutRequest) -> Submission:
        raise self._refuse()

    def payout_status(self, payout: PayoutRequest) -> RailStatus:
        raise self._refuse()

    def holder_name(self, phone: str) -> str | None:
        raise self._refuse()

    def read_callback(self, path: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
        return None

    def _refuse(self) -> PaymentError:
        return PaymentError(self.why, permanent=True, code="not-possible")
