"""WhatsApp through Meta's Cloud API."""

from collections.abc import Sequence

from channels.channel import Account, Incoming, Outbound, Sent, WebRequest
from channels.meta import signature, webhook
from channels.meta.client import MetaClient
from channels.transport import TIMEOUT


class MetaChannel:
    """The adapter. `timeout` is (connect, read) in seconds."""

    provider = webhook.PROVIDER

    def __init__(self, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._client = MetaClient(timeout)

    def account_of(self, request: WebRequest) -> str | None:
        """The first of our numbers that the body names."""
        return next(iter(webhook.numbers_in(request.body)), None)

    def verify(self, request: WebRequest, account: Account) -> None:
        signature.verify(request.body, request.headers, account.webhook_secret or "")

    def read(self, request: WebRequest, account: Account) -> Sequence[Incoming]:
        return webhook.read(request.body, account)

    def send(self, message: Outbound, account: Account) -> Sent:
        return self._client.send(message, account)

    def fetch(self, media: str, account: Account) -> bytes:
        return self._client.fetch(media, account)
