"""The emulator's own values: the merchant's account, prompts and refunds."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Answer(StrEnum):
    """What a wallet's holder does with a prompt. IGNORE lets it lapse."""

    APPROVE = "approve"
    REFUSE = "refuse"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Account:
    """Whom the emulator lets in: the API user and the two products' subscription keys.

    `sandbox_rules` takes euros only, as MTN's sandbox does."""

    user: str
    secret: str = field(repr=False)
    collection_key: str = field(repr=False)
    disbursement_key: str | None = field(default=None, repr=False)
    sandbox_rules: bool = False


@dataclass(slots=True)
class Prompt:
    """One request to pay, as the wallet's holder sees it. `payer` is E.164; `status` is PENDING,
    SUCCESSFUL or FAILED. `taken` is what left the wallet, `requests` counts the POSTs of it."""

    reference: str
    payer: str
    amount: str
    currency: str
    external_id: str
    message: str
    callback_url: str | None
    made_at: datetime
    lapses_at: datetime
    status: str = "PENDING"
    reason: str | None = None
    taken: str | None = None
    transaction: str | None = None
    requests: int = 1

    def as_json(self, *, hidden: bool = False) -> dict[str, object]:
        """As the Collection API and the callback show it; `hidden` shows it as still pending."""
        body: dict[str, object] = {
            "amount": self.taken or self.amount,
            "currency": self.currency,
            "externalId": self.external_id,
            "payer": {"partyIdType": "MSISDN", "partyId": self.payer.removeprefix("+")},
            "payerMessage": self.message,
            "payeeNote": self.message,
            "status": "PENDING" if hidden else self.status,
        }
        if self.reason and not hidden:
            body["reason"] = self.reason
        if self.transaction and not hidden:
            body["financialTransactionId"] = self.transaction
        return body


@dataclass(slots=True)
class Repaid:
    """One refund through the disbursement product."""

    reference: str
    charge: str
    amount: str
    currency: str
    external_id: str
    status: str
    reason: str | None
    transaction: str

    def as_json(self) -> dict[str, object]:
        body: dict[str, object] = {
            "amount": self.amount,
            "currency": self.currency,
            "externalId": self.external_id,
            "status": self.status,
        }
        if self.status == "SUCCESSFUL":
            body["financialTransactionId"] = self.transaction
        if self.reason:
            body["reason"] = self.reason
        return body
