"""Receipts move a message forward only: queued, sent, delivered, read, or failed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.outbox.fallover import fall_over
from bot.outbox.lately import with_receipts
from bot.world import World
from channels.channel import Receipt, ReceiptStatus
from store.facts import note
from store.models import AddressRow, EarlyReceiptRow, OutboxRow
from store.scope import Woken

log = structlog.get_logger(__name__)

# From which statuses each one may be entered. "sending" and "unknown" too: a receipt proves that the
# provider has the message, whatever became of its answer to us.
EARLIER: dict[ReceiptStatus, tuple[str, ...]] = {
    ReceiptStatus.SENT: ("queued", "sending", "unknown"),
    ReceiptStatus.DELIVERED: ("queued", "sending", "unknown", "sent"),
    ReceiptStatus.READ: ("queued", "sending", "unknown", "sent", "delivered"),
    ReceiptStatus.FAILED: ("queued", "sending", "unknown", "sent"),
}


def record(
    world: World, session: Session, receipt: Receipt, reference: UUID | None, now: datetime
) -> Woken:
    """Write a receipt down. `reference` is our own id for the message, where the provider carries it
    back in the callback's URL; without it a receipt that is quicker than our own commit is kept."""
    woken = Woken()
    earlier = EARLIER.get(receipt.status)
    if earlier is None:
        return woken
    known_by = (
        OutboxRow.reference == reference
        if reference is not None
        else OutboxRow.provider_id == receipt.message_id
    )
    meant = known_by & with_receipts(now)
    address = session.scalars(
        select(AddressRow).join(OutboxRow, OutboxRow.address_id == AddressRow.id).where(meant)
    ).first()
    if address is not None and not world.accounts.owns(receipt.account, address):
        log.warning("receipt of another account", provider=receipt.provider)
        return woken
    found = session.scalars(
        update(OutboxRow)
        .where(meant, OutboxRow.status.in_(earlier))
        .values(_changes(receipt))
        .returning(OutboxRow)
        .execution_options(synchronize_session=False)
    ).first()
    if found is None or address is None:
        _keep_if_unknown(session, receipt, reference, now)
        return woken
    log.info("receipt", trace=str(found.trace), status=receipt.status.value, code=receipt.code)
    _keep_price(session, found, receipt, now)
    if receipt.status is ReceiptStatus.FAILED:
        fall_over(world, session, found, address, receipt.code, woken)
    return woken


def apply_early(session: Session, message_ids: Sequence[str]) -> None:
    """Catch up with receipts that were quicker than the answer to the send."""
    if not message_ids:
        return
    rows = session.scalars(
        select(EarlyReceiptRow).where(EarlyReceiptRow.provider_id.in_(message_ids))
    ).all()
    for row in sorted(rows, key=lambda kept: list(EARLIER).index(ReceiptStatus(kept.status))):
        status = ReceiptStatus(row.status)
        session.execute(
            update(OutboxRow)
            .where(OutboxRow.provider_id == row.provider_id, OutboxRow.status.in_(EARLIER[status]))
            .values(status=row.status, error_code=row.code)
        )
        session.delete(row)


def settle_early(session: Session, before: datetime) -> None:
    """Apply receipts that crossed our own commit, neither seeing the other; drop those of messages that
    are not ours."""
    known = EarlyReceiptRow.provider_id == OutboxRow.provider_id
    crossed = select(EarlyReceiptRow.provider_id).join(OutboxRow, known).distinct()
    apply_early(session, session.scalars(crossed).all())
    session.execute(delete(EarlyReceiptRow).where(EarlyReceiptRow.at < before))


def _changes(receipt: Receipt) -> dict[str, str | None]:
    changes: dict[str, str | None] = {
        "status": receipt.status.value,
        "provider_id": receipt.message_id,
    }
    if receipt.status is ReceiptStatus.FAILED:
        changes |= {"error_code": receipt.code, "error": receipt.reason}
    return changes


def _keep_price(session: Session, row: OutboxRow, receipt: Receipt, now: datetime) -> None:
    """What a message is billed as, once: Meta says it with one of "delivered" and "read", besides with
    "sent" (Meta, "Status messages webhook reference", pricing)."""
    priced = receipt.pricing
    if priced is None or receipt.status not in (ReceiptStatus.DELIVERED, ReceiptStatus.READ):
        return
    values = {
        "provider": receipt.provider,
        "billable": priced.billable,
        "category": priced.category,
        "model": priced.model,
    }
    note(session, "message-billed", values, now, row.shop_id)


def _keep_if_unknown(
    session: Session, receipt: Receipt, reference: UUID | None, now: datetime
) -> None:
    if reference is not None:
        return
    known = session.scalar(
        select(OutboxRow.id)
        .where(OutboxRow.provider_id == receipt.message_id, with_receipts(now))
        .limit(1)
    )
    if known is None:
        early = EarlyReceiptRow(
            provider_id=receipt.message_id,
            status=receipt.status.value,
            code=receipt.code,
            at=now,
        )
        session.merge(early)
