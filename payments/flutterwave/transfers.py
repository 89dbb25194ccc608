"""Money to wallets. A transfer carries our own reference, which Flutterwave takes once.

Sources: Flutterwave v3 documentation, "Mobile Money Transfer" (beneficiary_name is required; Kenya wants
the sender in `meta`) and API reference, "Create a transfer", "Get all transfers" (statuses NEW, PENDING,
SUCCESSFUL, FAILED; `reference` as a filter). The words about a reference that was used before: known from
integrations only, to be verified.
"""

import re
from collections.abc import Mapping

from flows.money import Money
from flows.ports.payments import AttemptStatus
from payments.amounts import amount_of
from payments.charge import PayoutRequest, RailStatus, Submission
from payments.errors import PaymentError
from payments.flutterwave.client import FlutterwaveClient, written
from payments.flutterwave.markets import bank_of, country_of
from payments.flutterwave.reasons import NO_NETWORK, code_of, meaning

STATES: Mapping[str, AttemptStatus] = {
    "new": AttemptStatus.PENDING,
    "pending": AttemptStatus.PENDING,
    "successful": AttemptStatus.SUCCEEDED,
    "failed": AttemptStatus.FAILED,
}
_USED_BEFORE = re.compile(r"reference.*(already|exist|duplicate)|duplicate.*reference", re.I)


class Transfers:
    def __init__(self, client: FlutterwaveClient) -> None:
        self._client = client

    def send(self, payout: PayoutRequest) -> Submission:
        """Ask for the transfer. Raises PaymentError."""
        network = bank_of(payout.payee)
        if network is None:
            return Submission(AttemptStatus.FAILED, NO_NETWORK)
        answer = self._client.post("transfers", _body(payout, network))
        if answer.ok:
            number = answer.record.get("id")
            provider_id = str(number)[:40] if isinstance(number, int | str) else None
            return Submission(AttemptStatus.PENDING, provider_id=provider_id)
        if answer.refused and _USED_BEFORE.search(answer.trouble):
            return Submission(AttemptStatus.PENDING)
        code = code_of(answer.trouble) or f"http-{answer.status}"
        state = AttemptStatus.FAILED if answer.refused else AttemptStatus.UNKNOWN
        return Submission(state, code, meaning(code)[1])

    def status(self, payout: PayoutRequest) -> RailStatus:
        """Where it stands; state None: never taken. Raises PaymentError."""
        answer = self._client.get("transfers", reference=str(payout.reference))
        if not answer.ok:
            raise PaymentError(f"transfers: {answer.status}", code=code_of(answer.trouble))
        mine = [one for one in answer.records if one.get("reference") == str(payout.reference)]
        return _status(mine[0]) if mine else RailStatus(None)


def _body(payout: PayoutRequest, network: str) -> Mapping[str, object]:
    currency = payout.amount.currency
    body: dict[str, object] = {
        "account_bank": network,
        "account_number": payout.payee.removeprefix("+"),
        "amount": _figure(payout.amount),
        "currency": currency,
        "debit_currency": currency,
        "beneficiary_name": payout.name or payout.payee.removeprefix("+"),
        "reference": str(payout.reference),
        "narration": payout.note[:100],
    }
    if country_of(payout.payee) == "KE":
        body["meta"] = {
            "sender": payout.note[:100],
            "sender_country": "KE",
            "mobile_number": payout.payee.removeprefix("+"),
        }
    return body


def _figure(amount: Money) -> int | str:
    """A whole number where it is one, as the documents show it."""
    major = amount.major
    return int(major) if major == major.to_integral_value() else written(amount)


def _status(record: Mapping[str, object]) -> RailStatus:
    word = str(record.get("status", "")).lower()[:40]
    state = STATES.get(word)
    currency = record.get("currency")
    number = record.get("id")
    code: str | None = None
    known = state is not None
    if state is AttemptStatus.FAILED:
        code = code_of(record.get("complete_message")) or "Transaction Failed"
        known = meaning(code)[1]
    elif state is None:
        code = f"status-{word}"
    return RailStatus(
        state or AttemptStatus.PENDING,
        code,
        known,
        str(number)[:40] if isinstance(number, int | str) else None,
        amount_of(record.get("amount"), currency),
        f"{record.get('amount')} {currency}"[:100],
    )
