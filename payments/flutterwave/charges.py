"""What became of a payment link: every transaction that was tried under its reference, read as one.

A link is a page on which somebody may try several times and in several ways, and asking for a link
twice makes two pages for one reference. So Flutterwave may know no transaction of a reference (nobody has
tried yet), one, or several. Sources: Flutterwave v3 documentation, "Flutterwave Standard"
(max_retry_attempt, session_duration) and "Transaction Verification"; API reference, "verify a
transaction by reference" and "get multiple transactions".

1. Money that came counts, whatever came before or after it. Two successes are added up: that is not the
   amount that was asked for, so a person must look at it.
2. A failed try is not the end. The page stays open, so the attempt waits until its window has passed, and
   its reason says then what can be done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from uuid import UUID

from flows.money import Money
from flows.ports.payments import AttemptStatus
from payments.amounts import amount_of
from payments.charge import RailStatus
from payments.errors import PaymentError
from payments.flutterwave.client import Answer, FlutterwaveClient
from payments.flutterwave.reasons import code_of, meaning

# The whole message of a 400: Flutterwave knows no transaction of that reference.
NOT_FOUND = "no transaction was found for this id"


@dataclass(frozen=True, slots=True)
class Transaction:
    """One try. `status` is in small letters; `amount` is the lesser of what was asked for and what was
    charged, None where either cannot be read; `got` is that in Flutterwave's words."""

    id: int
    status: str
    amount: Money | None
    got: str
    said: object


def status_of(client: FlutterwaveClient, reference: UUID) -> RailStatus:
    """Where the charge stands; state None: nobody has tried to pay. Raises PaymentError."""
    return read(transactions(client, reference))


def transactions(client: FlutterwaveClient, reference: UUID) -> Sequence[Transaction]:
    """Every try of a reference, the first one first. Raises PaymentError."""
    answer = client.get("transactions/verify_by_reference", tx_ref=str(reference))
    if _not_found(answer):
        return ()
    if not answer.ok:
        raise PaymentError(
            f"status: {answer.status}",
            code=code_of(answer.trouble),
            retry_after=answer.retry_after,
        )
    # The list tells of the others; the single record is what the documentation says to trust.
    records = [*_all(client, reference), answer.record]
    mine = [record for record in records if record.get("tx_ref") == str(reference)]
    if not mine:
        raise PaymentError("status: of another reference", code="other-reference")
    found = {one.id: one for one in map(_transaction, mine)}
    return [found[number] for number in sorted(found)]


def _not_found(answer: Answer) -> bool:
    return answer.refused and answer.message.strip().rstrip(".").casefold() == NOT_FOUND


def _all(client: FlutterwaveClient, reference: UUID) -> Sequence[Mapping[str, object]]:
    try:
        return client.get("transactions", tx_ref=str(reference)).records
    except PaymentError:
        return ()


def _transaction(record: Mapping[str, object]) -> Transaction:
    number = record.get("id")
    if isinstance(number, bool) or not isinstance(number, int | str) or not _is_id(number):
        raise PaymentError("status: a transaction without a number", code="no-id")
    currency = record.get("currency")
    asked = amount_of(record.get("amount"), currency)
    charged = amount_of(record.get("charged_amount", record.get("amount")), currency)
    return Transaction(
        id=int(number),
        status=str(record.get("status", "")).lower()[:40],
        amount=min(asked, charged) if asked and charged else None,
        got=f"{record.get('amount')} {currency}"[:40],
        said=record.get("processor_response"),
    )


def _is_id(number: int | str) -> bool:
    return 0 < len(str(number)) <= 18 and str(number).isdigit()


def read(tries: Sequence[Transaction]) -> RailStatus:
    """All of them as one; the first one first."""
    paid = [one for one in tries if one.status == "successful"]
    if paid:
        return _paid(paid)
    if not tries:
        return RailStatus(None)
    waiting = [one for one in tries if one.status != "failed"]
    if waiting:
        last = waiting[-1]
        known = last.status == "pending"
        code = None if known else f"status-{last.status}"
        return RailStatus(AttemptStatus.PENDING, code, known, str(last.id), None, last.got)
    last = tries[-1]
    code = code_of(last.said) or "Transaction Failed"
    known = meaning(code)[1]
    return RailStatus(AttemptStatus.PENDING, code, known, str(last.id), None, last.got)


def _paid(paid: Sequence[Transaction]) -> RailStatus:
    amounts = [one.amount for one in paid]
    got = " + ".join(one.got for one in paid)[:100]
    return RailStatus(AttemptStatus.SUCCEEDED, None, True, str(paid[0].id), _sum(amounts), got)


def _sum(amounts: Sequence[Money | None]) -> Money | None:
    """None where one could not be read, or where they are of several currencies."""
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts) or len({amount.currency for amount in known}) != 1:
        return None
    return reduce(Money.__add__, known)
