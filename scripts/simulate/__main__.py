"""`python -m scripts.simulate --seed 7`: one day of three shops, and whether everything is right after it."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from scripts.simulate.checks import Complaints, Laws
from scripts.simulate.document import laws, write
from scripts.simulate.figures import measure
from scripts.simulate.run import live_through

WHOLE_DAY = 24
DOCS = Path(__file__).parents[2] / "docs"


def main() -> int:
    """1 when something that must hold does not."""
    asked = argparse.ArgumentParser(prog="python -m scripts.simulate", description=__doc__)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--customers", type=int, default=300)
    asked.add_argument("--hours", type=int, default=WHOLE_DAY)
    asked.add_argument("--out", type=Path, default=DOCS, help="where the report is written")
    asked.add_argument("--database", help="URL of an empty PostgreSQL database instead of SQLite")
    given = asked.parse_args()
    command = f"python -m scripts.simulate --seed {given.seed} --customers {given.customers}"
    if given.hours != WHOLE_DAY:
        command += f" --hours {given.hours}"
    began, complaints = time.monotonic(), Complaints()
    with tempfile.TemporaryDirectory() as folder:
        ended = live_through(
            given.seed, given.customers, given.hours, Path(folder), given.database, complaints
        )
        try:
            verdicts = Laws(ended.day, complaints).hold()
            write(given.out, ended, measure(ended), verdicts, command)
        finally:
            ended.close()
    print(laws(verdicts))
    engine = "PostgreSQL" if given.database else "SQLite"
    print(f"{given.hours} hours in {time.monotonic() - began:.0f} s on {engine}")
    return 0 if all(verdict.holds for verdict in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
