"""What Meta posts: batches of messages and statuses, of one or many of our numbers at once.

Source: Meta, WhatsApp Business Platform, "messages webhook reference" and its pages for each kind of
message (text, button, interactive, order, location, contacts, image, audio, video, document, sticker,
reaction, unsupported); "Status messages webhook reference"; "Business-scoped user IDs" (`from` and
`wa_id` are left out where a person hides their number, and `from_user_id` and `user_id` stand alone).
"""

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from channels.channel import (
    Account,
    Inbound,
    Incoming,
    MalformedError,
    Medium,
    Noted,
    Pricing,
    Receipt,
    ReceiptStatus,
)
from channels.clean import clean, message_id
from channels.meta.codes import ERRORS, STATUSES
from channels.meta.contents import CONTENTS, NOTED
from channels.meta.fields import Fields
from channels.meta.people import sender_of

PROVIDER = "meta"
LONGEST_DETAILS = 300
_PHONE_NUMBER_ID = re.compile(r"[0-9]{1,40}")
_NAMED = re.compile(rb'"phone_number_id"\s*:\s*"([0-9]{1,40})"')
MOST_NUMBERS = 200
# Seconds reach this in the year 5138, milliseconds passed it in 1973.
_MILLISECONDS = 100_000_000_000


def numbers_in(body: bytes) -> tuple[str, ...]:
    """The first phone_number_ids that a body names, before anything is verified: a hint at who may have
    signed. It is not parsed, since a stranger's three megabytes of brackets would take a hundred of
    memory; one number is enough, since all in a body belong to the app that signs it."""
    found = (match[1].decode() for match in _NAMED.finditer(body))
    return tuple(itertools.islice(dict.fromkeys(itertools.islice(found, 1000)), MOST_NUMBERS))


def read(body: bytes, account: Account) -> Sequence[Incoming]:
    """Everything in a body, in its order. Raises MalformedError; what is of an unknown kind, or from
    nobody who could be answered, is left out."""
    return [item for value in _values(_document(body)) for item in _items(value, account)]


def _document(body: bytes) -> Fields:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise MalformedError("the body is not JSON") from error
    if not isinstance(document, dict):
        raise MalformedError("the body is no JSON object")
    return Fields(document)


def _values(document: Fields) -> Iterator[Fields]:
    for entry in document.each("entry"):
        for change in entry.each("changes"):
            if change.text("field") == "messages":
                yield change.under("value")


def _items(value: Fields, account: Account) -> Iterator[Incoming]:
    address = value.under("metadata").text("phone_number_id")
    if not _PHONE_NUMBER_ID.fullmatch(address):
        return
    for message in value.each("messages"):
        yield from _message(message, value, account, address)
    for status in value.each("statuses"):
        yield from _status(status, account)
    for error in value.each("errors"):
        yield _fault(error, account, address)


def _message(message: Fields, value: Fields, account: Account, address: str) -> Iterator[Incoming]:
    kind = message.text("type")
    identifier, person = message.text("id"), sender_of(message, value)
    content = CONTENTS[kind](message) if kind in CONTENTS else None
    if identifier and person is not None and content is not None:
        yield Inbound(
            medium=Medium.WHATSAPP,
            provider=PROVIDER,
            account=account.id,
            address=address,
            sender=person,
            message_id=message_id(identifier),
            text=clean(content.text),
            choice=clean(content.choice or "", 256) or None,
            attachment=content.attachment,
            basket=content.basket,
            reply_to=message_id(message.under("context").text("id")) or None,
            sent_at=moment(message.text("timestamp")),
        )
    elif kind in NOTED:
        error = next(message.each("errors"), Fields({}))
        code, details = _coded(error)
        yield Noted(PROVIDER, account.id, address, kind, code, details)


def _status(status: Fields, account: Account) -> Iterator[Receipt]:
    identifier, known = status.text("id"), STATUSES.get(status.text("status"))
    if not identifier or known is None:
        return
    code, details = _coded(next(status.each("errors"), Fields({})))
    yield Receipt(
        provider=PROVIDER,
        account=account.id,
        message_id=message_id(identifier),
        status=known,
        code=code if known is ReceiptStatus.FAILED else None,
        reason=details if known is ReceiptStatus.FAILED else None,
        reference=clean(status.text("biz_opaque_callback_data"), 100) or None,
        pricing=_pricing(status.under("pricing")),
    )


def _pricing(pricing: Fields) -> Pricing | None:
    category = clean(pricing.text("category"), 60) or None
    billable = pricing.truth("billable")
    if category is None and billable is None:
        return None
    return Pricing(billable, category, clean(pricing.text("pricing_model"), 60) or None)


def _fault(error: Fields, account: Account, address: str) -> Noted:
    code, details = _coded(error)
    return Noted(PROVIDER, account.id, address, "error", code, details)


def _coded(error: Fields) -> tuple[str | None, str | None]:
    """An error's code, and what it means: our own words for it, or Meta's."""
    code = clean(error.text("code"), 20) or None
    row = ERRORS.get(int(code)) if code and code.isascii() and code.isdigit() else None
    told = error.under("error_data").text("details") or error.text("message") or error.text("title")
    return code, row.meaning if row else clean(told, LONGEST_DETAILS) or None


def moment(timestamp: str) -> datetime | None:
    """Meta writes seconds; milliseconds have been seen. None for what is no time."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 14):
        return None
    number = int(timestamp)
    seconds = number / 1000 if number >= _MILLISECONDS else number
    return datetime.fromtimestamp(seconds, UTC)
