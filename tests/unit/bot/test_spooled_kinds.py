"""Whatever a provider tells comes back out of the spool as what it was."""

from datetime import UTC, datetime

import pytest

from bot.spool import KEPT, Kept
from channels.channel import (
    Inbound,
    Incoming,
    Medium,
    Noted,
    OptOut,
    Pricing,
    Receipt,
    ReceiptStatus,
    Sender,
    UssdNotice,
)
from flows.heard import Attachment, Basket, BasketItem, MediaKind

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ZURI = Sender(None, "UG.77", "Zuri")


def inbound(**more: object) -> Inbound:
    return Inbound(Medium.WHATSAPP, "meta", "app", "100", ZURI, "wamid.1", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "told",
    [
        inbound(text="hi", choice="pay", reply_to="wamid.0", sent_at=NOW),
        inbound(basket=Basket((BasketItem("rice", 2),), "soon")),
        inbound(attachment=Attachment(MediaKind.LOCATION, None, "here", 0.3, 32.5)),
        Receipt(
            "meta",
            "app",
            "wamid.1",
            ReceiptStatus.READ,
            None,
            None,
            "ours",
            Pricing(True, "service"),
        ),
        Noted("meta", "app", "100", "reaction"),
        OptOut("twilio", "AC1", "+256700000001", "+256772000001"),
        UssdNotice("africastalking", "sandbox", "s1", "*284#", "+256772000001", "Success", 3),
    ],
    ids=lambda told: type(told).__name__,
)
def test_what_was_kept_is_read_as_it_was(told: Incoming) -> None:
    kept = Kept(told, NOW, "claim")
    assert KEPT.validate_json(KEPT.dump_json(kept)) == kept
