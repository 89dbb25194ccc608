"""`python -m scripts.catalogues tidy | compile | check | extract | lengths [LANGUAGE...]`."""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence

from scripts.catalogues.faults import faults
from scripts.catalogues.lengths import table
from scripts.catalogues.texts import ROOT, CatalogueError
from scripts.catalogues.upkeep import compile_all, tidy
from scripts.message_keys import read_keys


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; the exit code."""
    parser = argparse.ArgumentParser(prog="catalogues", description=__doc__)
    parser.add_argument("task", choices=[*TASKS, "check"])
    parser.add_argument("languages", nargs="*", help="lengths: only these, beside English")
    asked = parser.parse_args(arguments)
    try:
        if asked.task == "check":
            found = list(dict.fromkeys(faults(ROOT)))
            print("\n".join(found) or "The catalogues and the code agree.")
            return 1 if found else 0
        for line in TASKS[asked.task](asked.languages):
            print(line)
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _uses() -> Iterable[str]:
    """Every key, and where it is used."""
    uses = sorted(read_keys(ROOT).uses, key=lambda use: (use.key, use.where))
    return (f"{use.key}\t{use.where}" for use in uses)


TASKS: Mapping[str, Callable[[Sequence[str]], Iterable[str]]] = {
    "tidy": lambda _: tidy(ROOT),
    "compile": lambda _: compile_all(ROOT),
    "extract": lambda _: _uses(),
    "lengths": lambda languages: table(ROOT, languages),
}

if __name__ == "__main__":
    sys.exit(main())
