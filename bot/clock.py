"""`python -m bot.clock`: the process that ticks."""

import structlog

from bot.build import build_clock, start_process
from bot.signals import when_told_to_stop

log = structlog.get_logger(__name__)


def main() -> None:
    clock = build_clock(*start_process())
    when_told_to_stop(clock.stopping.set)
    log.info("clock started")
    clock.run()
    log.info("clock stopped")


if __name__ == "__main__":
    main()
