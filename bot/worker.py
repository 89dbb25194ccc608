"""`python -m bot.worker`: the process that delivers messages and goes on with payments."""

import structlog

from bot.build import build_shift, start_process
from bot.signals import when_told_to_stop
from bot.workforce import Workforce
from store.patience import Patience

log = structlog.get_logger(__name__)

# Seconds that a transaction may take here, where nobody waits for a page.
PATIENCE = 60.0


def main() -> None:
    world, redis = start_process()
    shift = build_shift(world, redis)
    workforce = Workforce(redis, shift)
    when_told_to_stop(workforce.retire)
    log.info("worker started")
    patience = Patience(world.engine, PATIENCE)
    patience.start()
    workforce.start()
    workforce.wait()
    workforce.stop()
    patience.stop()
    log.info("worker stopped")


if __name__ == "__main__":
    main()
