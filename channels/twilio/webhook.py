"""Twilio's webhooks: incoming messages and status callbacks, form-encoded and signed.

Source: Twilio, "Validating Signatures from Twilio"; "Twilio's request to your incoming message webhook
URL"; "Outbound message status in status callbacks"; for WhatsApp "Use WhatsApp with Twilio", the
additional webhook parameters.
"""

import math
import re
from collections.abc import Sequence

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from channels.channel import (
    Account,
    ForgedError,
    Inbound,
    Incoming,
    MalformedError,
    Medium,
    Receipt,
    Sender,
    WebRequest,
)
from channels.clean import clean, message_id
from channels.phone import e164
from channels.twilio.codes import RECEIVED, STATUSES, fault
from flows.heard import Attachment, MediaKind

PROVIDER = "twilio"
WHATSAPP = "whatsapp:"

# A person who hides their number is known by a country and an id that only this business sees.
_USER_ID = re.compile(r"[A-Z]{2}\.[A-Za-z0-9]{1,128}")
_ADDRESS = re.compile(r"\+?\d{3,15}")

KINDS = {
    "image/webp": MediaKind.STICKER,
    "text/vcard": MediaKind.CONTACT,
    "text/x-vcard": MediaKind.CONTACT,
    "image": MediaKind.PICTURE,
    "audio": MediaKind.VOICE,
    "video": MediaKind.VIDEO,
}


def account_of(request: WebRequest) -> str | None:
    """The account SID that the form names."""
    return request.field("AccountSid") or None


def verify(request: WebRequest, account: Account) -> None:
    """Raises ForgedError unless `account` signed this very request and speaks for itself."""
    signature = {name.lower(): value for name, value in request.headers.items()}.get(
        "x-twilio-signature", ""
    )
    # Every value counts: of a repeated key Twilio signs each one.
    form = MultiDict((name, value) for name, values in request.form.items() for value in values)
    try:
        signed = RequestValidator(account.secret).validate(request.url, form, signature)
    except UnicodeEncodeError:
        signed = False
    if not signed:
        raise ForgedError("the signature does not match")
    if set(form.getlist("AccountSid")) != {account.id}:
        raise ForgedError("signed by another account")


def read(request: WebRequest, account: Account) -> Sequence[Incoming]:
    """The one message or receipt in a request. Raises MalformedError."""
    sid = request.field("MessageSid") or request.field("SmsSid")
    if not sid:
        raise MalformedError("no MessageSid")
    status = request.field("MessageStatus") or request.field("SmsStatus")
    if status and status.lower() not in RECEIVED:
        return _receipt(request, account, message_id(sid), status.lower())
    return _message(request, account, message_id(sid))


def _receipt(request: WebRequest, account: Account, sid: str, status: str) -> Sequence[Receipt]:
    known = STATUSES.get(status)
    if known is None:
        return ()
    code = clean(request.field("ErrorCode"), 20) or None
    row = fault(code)
    reason = row.meaning if row else clean(request.field("ErrorMessage"), 200) or None
    return (Receipt(PROVIDER, account.id, sid, known, code if code != "0" else None, reason),)


def _message(request: WebRequest, account: Account, sid: str) -> Sequence[Inbound]:
    sender, address = request.field("From").strip(), request.field("To").strip()
    if not sender or not address:
        raise MalformedError("no From or no To")
    medium = Medium.WHATSAPP if address.startswith(WHATSAPP) else Medium.SMS
    address = address.removeprefix(WHATSAPP)
    person = _sender(request, sender, medium)
    if person is None or not _ADDRESS.fullmatch(address):
        return ()
    choice = request.field("ButtonPayload") or request.field("ListId")
    return (
        Inbound(
            medium=medium,
            provider=PROVIDER,
            account=account.id,
            address=address,
            sender=person,
            message_id=sid,
            # An opt-out word that Twilio acted upon may come without its text.
            text=clean(request.field("Body") or request.field("OptOutType")),
            choice=clean(choice, 256) or None,
            attachment=_location(request) or _media(request),
            reply_to=clean(request.field("OriginalRepliedMessageSid"), 200) or None,
        ),
    )


def _sender(request: WebRequest, sender: str, medium: Medium) -> Sender | None:
    """Who wrote, or None when it is nobody who can be answered: a shortcode, a sender name."""
    if medium is Medium.SMS:
        # Local numbers and shortcodes lack the plus that Twilio puts before every phone.
        phone = e164(sender) if sender.startswith("+") else None
        return Sender(phone) if phone else None
    bare = sender.removeprefix(WHATSAPP)
    phone = e164(bare) or e164(request.field("WaId"))
    user_id = next(
        (text for text in (request.field("ExternalUserId"), bare) if _USER_ID.fullmatch(text)), None
    )
    if phone is None and user_id is None:
        return None
    return Sender(phone, user_id, clean(request.field("ProfileName"), 100).strip() or None)


def _location(request: WebRequest) -> Attachment | None:
    try:
        latitude, longitude = float(request.field("Latitude")), float(request.field("Longitude"))
    except ValueError:
        return None
    # A comparison with "not a number" is false as well.
    if not (math.fabs(latitude) <= 90 and math.fabs(longitude) <= 180):
        return None
    caption = ", ".join(filter(None, (request.field("Label"), request.field("Address"))))
    return Attachment(
        MediaKind.LOCATION, caption=clean(caption, 500), latitude=latitude, longitude=longitude
    )


def _media(request: WebRequest) -> Attachment | None:
    """The first medium; WhatsApp sends each in a message of its own."""
    url = request.field("MediaUrl0")
    if not url:
        return None
    full = request.field("MediaContentType0").lower().partition(";")[0].strip()
    kind = KINDS.get(full) or KINDS.get(full.partition("/")[0], MediaKind.DOCUMENT)
    url = clean(url, 2000)
    return Attachment(kind, url=url, caption=clean(request.field("Body")), media=url)
