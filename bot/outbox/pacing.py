"""How fast an address may send: a token bucket, owned by whoever holds the address's lease."""

from collections.abc import Callable, Mapping

from channels.channel import Medium

# Messages per second where the shop's file does not say. Twilio: a WhatsApp sender's default is 10
# text messages a second ("WhatsApp", FAQ); SMS rates depend on the number and are set per line.
DEFAULT_TPS: Mapping[Medium, float] = {Medium.WHATSAPP: 10.0, Medium.SMS: 10.0, Medium.USSD: 10.0}

# Where a provider's own differs. Meta, WhatsApp Business Platform, "Throughput": 80 messages a second from
# each number, more on request.
PROVIDER_TPS: Mapping[tuple[Medium, str], float] = {(Medium.WHATSAPP, "meta"): 80.0}


def default_tps(channel: str, provider: str) -> float:
    medium = Medium(channel)
    return PROVIDER_TPS.get((medium, provider), DEFAULT_TPS[medium])


class Bucket:
    """Holds up to one second's worth of messages. `clock` is monotonic seconds."""

    def __init__(self, rate: float, clock: Callable[[], float]) -> None:
        self.rate = rate
        self._most = max(rate, 1.0)
        self._clock = clock
        self._level = self._most
        self._at = clock()

    def take(self, weight: float) -> bool:
        """Spend `weight` messages (an SMS weighs its segments). A message heavier than the bucket
        goes when the bucket is full, and is paid back by waiting."""
        self._fill()
        if self._level < min(weight, self._most):
            return False
        self._level -= weight
        return True

    def wait(self, weight: float) -> float:
        """Seconds until `take(weight)` succeeds."""
        self._fill()
        return max(0.0, (min(weight, self._most) - self._level) / self.rate)

    def _fill(self) -> None:
        now = self._clock()
        self._level = min(self._most, self._level + (now - self._at) * self.rate)
        self._at = now
