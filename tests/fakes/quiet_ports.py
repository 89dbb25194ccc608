"""Ports for processes that are started, killed and started again on the same one."""

import random
import socket

# Below those that Linux gives to whoever asks for any (ip_local_port_range): such a port may be somebody
# else's by the time that a process comes to it, or comes back.
QUIET = range(20_000, 32_000)
_CHANCE = random.SystemRandom()


def quiet_port() -> int:
    """One that nobody listens on now, and that nobody is given by chance."""
    while True:
        port = _CHANCE.choice(QUIET)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
