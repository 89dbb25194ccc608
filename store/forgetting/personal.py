"""Which columns name a person, and what stands there once nobody may be named."""

from collections.abc import Mapping

from sqlalchemy import null

from store.models import (
    AddressingRow,
    ApplicationRow,
    AttemptRow,
    Base,
    ChallengeRow,
    ConversationRow,
    CustomerRow,
    FactRow,
    ForgettingRow,
    InboxRow,
    InvitationRow,
    NamedPlaceRow,
    OrderRow,
    OutboxRow,
    PayoutNumberRow,
    PayoutRow,
    RatingRow,
    ReturnRow,
    RiderRow,
    RiskCaseRow,
    SavedListRow,
    StaffRow,
    WishRow,
)

# What is personal in each table, and what stands in its place. A test walks the tables for columns that
# are neither here nor known to name nobody.
PERSONAL: Mapping[type[Base], Mapping[str, object]] = {
    CustomerRow: dict.fromkeys(
        ("name", "payer", "area", "landmark", "latitude", "longitude", "contact")
    ),
    ConversationRow: {"places": {}, "shown": {}, "ussd": {}},
    InboxRow: {"text": "", "payload": {}, "answer": None, "failure": None},
    OutboxRow: {"recipient": "", "body": "", "payload": null(), "error": None},
    OrderRow: dict.fromkeys(
        ("payer", "phone", "name", "area", "landmark", "latitude", "longitude")
    ),
    AddressingRow: {"asked": null()},
    StaffRow: {"name": None},
    RiderRow: {"name": "", "undo": null()},
    FactRow: {"values": {}},
    AttemptRow: {"payer": "", "link": None, "code": None},
    RiskCaseRow: {"payer": "", "note": None},
    PayoutNumberRow: {"phone": "", "holder": None},
    PayoutRow: {"phone": "", "expected": None, "holder": None},
    ApplicationRow: {"business": "", "about": "", "reason": None},
    ChallengeRow: {"phone": "", "payload": {}},
    InvitationRow: {"name": ""},
    RatingRow: {"words": ""},
    ReturnRow: {"words": "", "answer": None},
    ForgettingRow: {"digests": []},
}
# What is deleted whole.
THEIR_OWN: tuple[type[Base], ...] = (WishRow, SavedListRow, NamedPlaceRow)
