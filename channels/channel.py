"""What every provider's adapter is, and the values that cross its border."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

from channels.interactive import Payload
from flows.heard import Attachment, Basket


class Medium(StrEnum):
    """What a person holds in their hand. The values are a line's `channel` in a shop file."""

    WHATSAPP = "whatsapp"
    SMS = "sms"
    USSD = "ussd"


class ChannelError(Exception):
    """A message did not go out. `permanent`: trying again changes nothing.

    `unknown` means that the request left and no answer came: it may have been sent.
    `retry_after` is in seconds, when the provider named it. `code` is the provider's own.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool,
        code: str | None = None,
        unknown: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.code = code
        self.unknown = unknown
        self.retry_after = retry_after


class ForgedError(Exception):
    """The request was not signed by whom it says it comes from: answered 403."""


class UnknownSecretError(Exception):
    """The secret in the path opens nothing: answered 404."""


class MalformedError(Exception):
    """The body is not what the provider sends: answered 400."""


@dataclass(frozen=True, slots=True)
class WebRequest:
    """A webhook request as adapters see it. `url` is PUBLIC_URL + path and query, as was signed.

    `form` keeps every value of every key; `body` is raw.
    """

    method: str
    url: str
    headers: Mapping[str, str]
    form: Mapping[str, Sequence[str]]
    body: bytes = b""

    def field(self, name: str, default: str = "") -> str:
        """The first value of a form field."""
        values = self.form.get(name)
        return values[0] if values else default


@dataclass(frozen=True, slots=True)
class Account:
    """A provider account whose requests are verified and through which messages leave.

    `id` is Twilio's AccountSid or Africa's Talking's username; `secret` is the auth token or the API
    key; `webhook_secret` is Africa's Talking's secret path. Meta's app names itself nowhere: `id` stands
    for its secret, which is `webhook_secret`, and `secret` is the access token. `base_url` has no
    trailing slash; Meta's ends with the version. `owner` tells whose it is, None the platform's.
    """

    provider: str
    id: str
    secret: str = field(repr=False)
    base_url: str = ""
    webhook_secret: str | None = field(default=None, repr=False)
    owner: str | None = field(default=None, compare=False)

    @property
    def proof(self) -> str:
        """What a request must prove to know."""
        return self.webhook_secret or self.secret


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote. `phone` is E.164 or None; `user_id` is WhatsApp's business-scoped id."""

    phone: str | None
    user_id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A USSD session's part of an Inbound: `text` is the provider's cumulative input, whole."""

    id: str
    text: str
    service_code: str


@dataclass(frozen=True, slots=True)
class Inbound:
    """One received message. `address` is our own, as the line knows it (E.164, shortcode, *284*77#).

    `message_id` is the provider's, at most 200 characters (longer ones are hashed by the adapter); for
    USSD it is made of the session and its text. `choice` is a button's or list row's id.
    `sent_at` is the provider's time, when given. `account` is the id of the account that signed it.
    """

    medium: Medium
    provider: str
    account: str
    address: str
    sender: Sender
    message_id: str
    text: str = ""
    choice: str | None = None
    attachment: Attachment | None = None
    basket: Basket | None = None
    reply_to: str | None = None
    sent_at: datetime | None = None
    session: Session | None = None


class ReceiptStatus(StrEnum):
    """How far a message came. Receipts move forward only, in this order; FAILED ends it."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Pricing:
    """Whether a message is billed, and as what, in the provider's words."""

    billable: bool | None
    category: str | None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message we sent. `code` is the provider's error code or reason. `reference` is
    our own id for it, where the provider carries that back in what it posts."""

    provider: str
    account: str
    message_id: str
    status: ReceiptStatus
    code: str | None = None
    reason: str | None = None
    reference: str | None = None
    pricing: Pricing | None = None


@dataclass(frozen=True, slots=True)
class UssdNotice:
    """A USSD session ended. `hops` counts its pages; `status` is as the provider says."""

    provider: str
    account: str
    session_id: str
    address: str
    phone: str | None
    status: str
    hops: int | None = None
    last_response: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class OptOut:
    """The provider was told by a person that they want no more messages from this address."""

    provider: str
    account: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that is counted and not answered: a reaction, a fault that the provider reports of
    itself. `kind` and `code` are the provider's."""

    provider: str
    account: str
    address: str
    kind: str
    code: str | None = None
    details: str | None = None


Incoming: TypeAlias = Inbound | Receipt | UssdNotice | OptOut | Noted


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message to send. `sender` is our address, `to` is E.164 (or a WhatsApp user id).

    `reference` is our own id for it, `status_url` where receipts go. `payload` is what can be tapped
    under the text, or the template that is sent in its place.
    """

    medium: Medium
    sender: str
    to: str
    text: str
    reference: str
    status_url: str | None = None
    media_url: str | None = None
    payload: Payload | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Accepted by the provider under `message_id`."""

    message_id: str


class Channel(Protocol):
    """A provider's adapter. No method touches the database; only `send` and `fetch` touch the network."""

    @property
    def provider(self) -> str: ...

    def account_of(self, request: WebRequest) -> str | None:
        """What a request claims to come from, before anything is verified: an account's id, or the
        secret in its path where the provider names no account."""

    def verify(self, request: WebRequest, account: Account) -> None:
        """Raises ForgedError, or UnknownSecretError where a secret path stands for the signature."""

    def read(self, request: WebRequest, account: Account) -> Sequence[Incoming]:
        """Raises MalformedError. Anything unknown inside a well-formed body is left out."""

    def send(self, message: Outbound, account: Account) -> Sent:
        """Raises ChannelError. Thread-safe; connections are pooled and kept alive."""

    def fetch(self, media: str, account: Account) -> bytes:
        """A picture that somebody sent, by what `Attachment.media` said. Only the provider itself is asked,
        wherever a message says that it is. Raises ChannelError. Thread-safe."""
