"""Africa's Talking: SMS and USSD."""

from collections.abc import Sequence

from channels.africastalking import webhook
from channels.africastalking.client import AfricasTalkingClient
from channels.channel import Account, ChannelError, Incoming, Outbound, Sent, WebRequest
from channels.transport import TIMEOUT


class AfricasTalkingChannel:
    """The adapter. `timeout` is (connect, read) in seconds. USSD is answered, never sent."""

    provider = webhook.PROVIDER

    def __init__(self, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._client = AfricasTalkingClient(timeout)

    def account_of(self, request: WebRequest) -> str | None:
        """The secret in the path: accounts are found by it, since no form names them."""
        return webhook.account_of(request)

    def verify(self, request: WebRequest, account: Account) -> None:
        """Raises UnknownSecretError."""
        webhook.verify(request, account)

    def read(self, request: WebRequest, account: Account) -> Sequence[Incoming]:
        return webhook.read(request, account)

    def send(self, message: Outbound, account: Account) -> Sent:
        return self._client.send(message, account)

    def fetch(self, media: str, account: Account) -> bytes:
        """Neither SMS nor USSD brings pictures."""
        raise ChannelError("Africa's Talking carries no pictures", permanent=True)
