"""`python -m bot.worker`: the process that delivers messages and goes on with payments."""

import signal
import threading
from types import FrameType

import structlog

from bot.build import build_shift, start_process
from bot.workforce import Workforce

log = structlog.get_logger(__name__)


def main() -> None:
    world, redis = start_process()
    shift = build_shift(world, redis)
    workforce = Workforce(redis, shift)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=workforce.stop).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    log.info("worker started")
    workforce.start()
    workforce.wait()
    workforce.stop()


if __name__ == "__main__":
    main()
