"""One message through its provider. No transaction is open here."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.accounts import as_told
from bot.world import World
from channels.channel import Account, Channel, ChannelError, Medium, Outbound, Sent
from channels.interactive import load
from store.models import AddressRow, OutboxRow

log = structlog.get_logger(__name__)

Result = Sent | ChannelError


@dataclass(frozen=True, slots=True)
class Sender:
    """`observe` is told of every send: provider, outcome, seconds."""

    world: World
    observe: Callable[[str, str, float], None] | None = None

    def send(self, address: AddressRow, row: OutboxRow) -> Result:
        """What became of it. Raises nothing: the others of the same handful must be written down."""
        channel = self.world.channels.get(address.provider)
        account = self.world.accounts.of(address)
        if channel is None or account is None:
            # A key that is missing comes back, and then it leaves.
            locked = channel is not None and address.sealed is not None
            return ChannelError(f"{address.provider} is not set up", permanent=not locked)
        message = self._message(address, row)
        started = time.monotonic()
        result = _carried(channel, message, account)
        seconds = time.monotonic() - started
        outcome = outcome_of(result)
        if self.observe is not None:
            self.observe(address.provider, outcome, seconds)
        log.info(
            "send",
            trace=str(row.trace),
            provider=address.provider,
            outcome=outcome,
            code=None if isinstance(result, Sent) else result.code,
            seconds=round(seconds, 3),
        )
        return result

    def _message(self, address: AddressRow, row: OutboxRow) -> Outbound:
        reference = str(row.reference)
        return Outbound(
            medium=Medium(address.channel),
            sender=address.address,
            to=as_told(row.recipient),
            text=row.body,
            reference=reference,
            status_url=f"{self.world.settings.public_url}/webhooks/{address.provider}/status"
            f"?ref={reference}",
            media_url=self._absolute(row.media_url),
            payload=load(row.payload) if row.payload else None,
        )

    def _absolute(self, url: str | None) -> str | None:
        """What is shown by the server itself is kept as a path, which holds wherever it is reached."""
        own = url is not None and url.startswith("/")
        return f"{self.world.settings.public_url}{url}" if own else url


def _carried(channel: Channel, message: Outbound, account: Account) -> Result:
    try:
        return channel.send(message, account)
    except ChannelError as error:
        return error
    except Exception as error:
        # A door: a fault in an adapter or a provider's library must not leave the message in flight,
        # to be sent again and again.
        log.exception("a channel failed in an unknown way", provider=channel.provider)
        return ChannelError(type(error).__name__, permanent=False, unknown=True)


def outcome_of(result: Result) -> str:
    """One word for logs and metrics."""
    if isinstance(result, Sent):
        return "sent"
    if result.permanent:
        return "permanent"
    return "unknown" if result.unknown else "retry"
