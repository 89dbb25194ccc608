"""Africa's Talking's webhooks: form-encoded, unsigned, known by the secret in their path.

Source: Africa's Talking, "SMS: notifications" (incoming messages, delivery reports, opt-outs), "USSD:
handling sessions" and "USSD: notifications". Its documents name no signature.
"""

import hmac
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from channels.africastalking.codes import STATUSES, fault
from channels.channel import (
    Account,
    Inbound,
    Incoming,
    MalformedError,
    Medium,
    OptOut,
    Receipt,
    Sender,
    Session,
    UnknownSecretError,
    UssdNotice,
    WebRequest,
)
from channels.clean import clean, message_id
from channels.phone import e164

PROVIDER = "africastalking"

_PATH = re.compile(
    r"/webhooks/africastalking/(?P<secret>[^/]+)/(?P<kind>sms/status|sms|ussd/events|ussd|optout)/?"
)

Reader: TypeAlias = Callable[[WebRequest, Account], Sequence[Incoming]]


def account_of(request: WebRequest) -> str | None:
    """The secret in the path, by which the account is found."""
    match = _PATH.search(urlsplit(request.url).path)
    return unquote(match["secret"]) if match else None


def verify(request: WebRequest, account: Account) -> None:
    """Raises UnknownSecretError unless the path carries this account's secret."""
    given = (account_of(request) or "").encode("utf-8", "surrogatepass")
    wanted = (account.webhook_secret or "").encode()
    if not wanted or not hmac.compare_digest(given, wanted):
        raise UnknownSecretError("the secret opens nothing")


def read(request: WebRequest, account: Account) -> Sequence[Incoming]:
    """What the path says that the form is. Raises MalformedError."""
    match = _PATH.search(urlsplit(request.url).path)
    if match is None:
        raise MalformedError("no such webhook")
    return READERS[match["kind"]](request, account)


def _needed(request: WebRequest, *names: str) -> tuple[str, ...]:
    values = tuple(clean(request.field(name)).strip() for name in names)
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    if missing:
        raise MalformedError(f"no {', '.join(missing)}")
    return values


def _sms(request: WebRequest, account: Account) -> Sequence[Incoming]:
    sender, address, _ = _needed(request, "from", "to", "id")
    phone = e164(sender)
    if phone is None:
        return ()
    return (
        Inbound(
            medium=Medium.SMS,
            provider=PROVIDER,
            account=account.id,
            address=e164(address) or address,
            sender=Sender(phone),
            message_id=message_id(request.field("id").strip()),
            text=clean(request.field("text")),
            reply_to=clean(request.field("linkId"), 200) or None,
            sent_at=_moment(request.field("date")),
        ),
    )


def _report(request: WebRequest, account: Account) -> Sequence[Incoming]:
    _, status = _needed(request, "id", "status")
    known = STATUSES.get(status)
    if known is None:
        return ()
    code = clean(request.field("failureReason"), 100).strip() or None
    row = fault(code or status)
    # A final status that explains itself stands in for the reason it comes without.
    code = code or (status if row else None)
    sid = message_id(request.field("id").strip())
    return (Receipt(PROVIDER, account.id, sid, known, code, row.meaning if row else None),)


def _ussd(request: WebRequest, account: Account) -> Sequence[Incoming]:
    session, service_code, number = _needed(request, "sessionId", "serviceCode", "phoneNumber")
    phone = e164(number)
    if phone is None:
        return ()
    # Not trimmed: what was typed is found as the part that was added to the text before.
    text = clean(request.field("text"))
    code = ussd_code(service_code)
    return (
        Inbound(
            medium=Medium.USSD,
            provider=PROVIDER,
            account=account.id,
            address=code,
            sender=Sender(phone),
            message_id=message_id(f"{session}:{text}"),
            text=text,
            session=Session(message_id(session), text, code),
        ),
    )


def _ended(request: WebRequest, account: Account) -> Sequence[Incoming]:
    session, service_code, status = _needed(request, "sessionId", "serviceCode", "status")
    hops = request.field("hopsCount")
    return (
        UssdNotice(
            provider=PROVIDER,
            account=account.id,
            session_id=message_id(session),
            address=ussd_code(service_code),
            phone=e164(request.field("phoneNumber")),
            status=status[:50],
            hops=int(hops) if hops.isascii() and hops.isdecimal() and len(hops) < 6 else None,
            last_response=clean(request.field("lastAppResponse")) or None,
            error=clean(request.field("errorMessage"), 500) or None,
        ),
    )


def _opt_out(request: WebRequest, account: Account) -> Sequence[Incoming]:
    address, number = _needed(request, "senderId", "phoneNumber")
    phone = e164(number)
    return (OptOut(PROVIDER, account.id, e164(address) or address, phone),) if phone else ()


READERS: Mapping[str, Reader] = {
    "sms": _sms,
    "sms/status": _report,
    "ussd": _ussd,
    "ussd/events": _ended,
    "optout": _opt_out,
}


def ussd_code(code: str) -> str:
    """`*284*77#`, however the star and the hash were left out."""
    return f"*{code.strip().strip('*#')}#"


def _moment(text: str) -> datetime | None:
    """Both forms occur: "2017-05-03T06:04:45Z" and "2017-05-03 06:04:45"; they are in UTC."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
