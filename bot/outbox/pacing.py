"""How fast an address may send: one message after the other, owned by whoever holds the address's
lease."""

from collections.abc import Callable, Mapping

from channels.channel import Medium

# Messages per second where the shop's file does not say. Twilio: a WhatsApp sender's default is 10
# text messages a second ("WhatsApp", FAQ); SMS rates depend on the number and are set per line.
DEFAULT_TPS: Mapping[Medium, float] = {Medium.WHATSAPP: 10.0, Medium.SMS: 10.0, Medium.USSD: 10.0}

# Where a provider's own differs. Meta, WhatsApp Business Platform, "Throughput": 80 messages a second from
# each number, more on request.
PROVIDER_TPS: Mapping[tuple[Medium, str], float] = {(Medium.WHATSAPP, "meta"): 80.0}

# So much longer than its share of a second each message takes: requests reach the provider a little closer
# together or further apart than they left, and it counts what arrives.
MARGIN = 1.05


def default_tps(channel: str, provider: str) -> float:
    medium = Medium(channel)
    return PROVIDER_TPS.get((medium, provider), DEFAULT_TPS[medium])


class Pace:
    """Spaces messages out, so that no second has more than `rate` of them; a pause saves nothing up.
    `clock` is monotonic seconds."""

    def __init__(self, rate: float, clock: Callable[[], float]) -> None:
        self.rate = rate
        self._clock = clock
        self._next = float("-inf")

    def wait(self) -> float:
        """Seconds until the next message may leave."""
        return max(0.0, self._next - self._clock())

    def hold(self, seconds: float) -> None:
        """Nothing leaves for so long."""
        self._next = max(self._next, self._clock() + seconds)

    def leave(self, weight: float) -> None:
        """A message leaves now; an SMS weighs its segments."""
        self._next = self._clock() + MARGIN * weight / self.rate
