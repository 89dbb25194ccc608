"""Receipts move a message forward only, whenever they come."""

from itertools import product
from uuid import UUID

from town import AMINA, SMS, WHATSAPP, Town

from bot.maintenance import EARLY_RECEIPTS_KEPT, tidy
from bot.outbox.receipts import record
from channels.channel import Receipt, ReceiptStatus
from store.models import EarlyReceiptRow

S = ReceiptStatus
# How far each status is; a failure ends the road, unless the message is known to have arrived.
FAR = {"queued": 0, "sending": 0, "unknown": 0, "sent": 1, "delivered": 2, "read": 3}


def _tell(
    town: Town, status: S, number: int | None = None, sid: str = "SM1", code: str | None = None
) -> None:
    reference: UUID | None = town.row(number).reference if number is not None else None
    receipt = Receipt("twilio", town.account.id, sid, status, code)
    woken = town.do(lambda s: record(town.world, s, receipt, reference, town.now))
    town.world.wake(woken)


def _expected(before: str, told: S) -> str:
    if before == "failed" or told is S.QUEUED:
        return before
    if told is S.FAILED:
        return "failed" if FAR[before] < 2 else before
    return told.value if FAR[told.value] > FAR[before] else before


def test_every_receipt_moves_every_message_forward_or_not_at_all(town: Town) -> None:
    pairs = list(product([*FAR, "failed"], S))
    numbers = town.post(*(f"{before}, then {told}" for before, told in pairs))
    for number, (before, told) in zip(numbers, pairs, strict=True):
        town.change(number, status=before)
        _tell(town, told, number, sid=f"SM{number}")
    found = {row.body: row.status for row in town.outbox()}
    assert found == {f"{before}, then {told}": _expected(before, told) for before, told in pairs}


def test_a_receipt_quicker_than_our_own_commit_is_not_lost(town: Town) -> None:
    [number] = town.post("hello", via=SMS)
    # The provider's first message here will be called so.
    _tell(town, S.DELIVERED, sid=f"SM{1:032d}")
    town.delivery().deliver(town.address(SMS).id)
    assert town.row(number).status == "delivered"
    assert town.do(lambda s: s.query(EarlyReceiptRow).count()) == 0


def test_early_receipts_in_any_order_lead_to_the_last_one(town: Town) -> None:
    [number] = town.post("hello", via=SMS)
    for status in (S.READ, S.SENT, S.DELIVERED):
        _tell(town, status, sid=f"SM{1:032d}")
    town.delivery().deliver(town.address(SMS).id)
    assert town.row(number).status == "read"


def test_a_receipt_during_the_send_is_not_taken_back_by_its_answer(town: Town) -> None:
    [number] = town.post("hello")
    town.provider.during = lambda _: _tell(town, S.DELIVERED, number)
    town.delivery().deliver(town.address().id)
    assert town.row(number).status == "delivered"


def test_a_failure_that_is_told_later_sends_what_matters_by_sms_once(town: Town) -> None:
    [number] = town.post("your code is 1234", important=True, via=WHATSAPP)
    delivery = town.delivery()
    delivery.deliver(town.address().id)
    for _ in range(2):
        _tell(town, S.FAILED, number, code="63016")
    delivery.deliver(town.address(SMS).id)
    by_sms = [message for message in town.provider.sent if message.sender == SMS]
    assert [(message.to, message.text) for message in by_sms] == [(AMINA, "your code is 1234")]
    assert town.row(number).error_code == "63016"


def test_receipts_of_messages_that_are_not_ours_are_forgotten(town: Town) -> None:
    _tell(town, S.DELIVERED, sid="SM-of-somebody-else")
    town.skip(seconds=EARLY_RECEIPTS_KEPT.total_seconds() + 1)
    tidy(town.world)
    assert town.do(lambda s: s.query(EarlyReceiptRow).count()) == 0


def test_a_receipt_that_crossed_our_commit_is_found_later(town: Town) -> None:
    [number] = town.post("hello", via=SMS)
    town.delivery().deliver(town.address(SMS).id)
    early = EarlyReceiptRow(provider_id=f"SM{1:032d}", status="delivered", code=None, at=town.now)
    town.do(lambda s: s.add(early))
    tidy(town.world)
    assert town.row(number).status == "delivered"
