"""`python -m bot.clock`: the process that ticks."""

import structlog

from bot.build import build_clock, start_process
from bot.signals import when_told_to_stop
from store.patience import Patience

log = structlog.get_logger(__name__)

# Seconds that a transaction may take here.
PATIENCE = 60.0


def main() -> None:
    world, redis = start_process()
    clock = build_clock(world, redis)
    when_told_to_stop(clock.stopping.set)
    log.info("clock started")
    patience = Patience(world.engine, PATIENCE)
    patience.start()
    clock.run()
    patience.stop()
    log.info("clock stopped")


if __name__ == "__main__":
    main()
