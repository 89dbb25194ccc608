"""Twilio: SMS and WhatsApp."""

from collections.abc import Sequence

from channels.channel import Account, Incoming, Outbound, Sent, WebRequest
from channels.transport import TIMEOUT
from channels.twilio import webhook
from channels.twilio.client import TwilioClient
from channels.twilio.media import fetch


class TwilioChannel:
    """The adapter. `timeout` is (connect, read) in seconds."""

    provider = webhook.PROVIDER

    def __init__(self, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._timeout = timeout
        self._client = TwilioClient(timeout)

    def account_of(self, request: WebRequest) -> str | None:
        return webhook.account_of(request)

    def verify(self, request: WebRequest, account: Account) -> None:
        webhook.verify(request, account)

    def read(self, request: WebRequest, account: Account) -> Sequence[Incoming]:
        return webhook.read(request, account)

    def send(self, message: Outbound, account: Account) -> Sent:
        return self._client.send(message, account)

    def fetch(self, media: str, account: Account) -> bytes:
        return fetch(media, account, self._timeout)
