"""Measures the engine on the project's own sets: `python -m intents.evaluate [--json]`."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import intents
from intents.errors import IntentsError
from intents.evaluation.judging import Judged
from intents.evaluation.results import Results, run
from intents.evaluation.rows import DETAILS, Gold, actions_of, details_of, read_rows, set_files
from intents.evaluation.rows import sets_hash as hash_of
from intents.evaluation.shop_names import read_shops
from intents.evaluation.tables import put_into, readable
from intents.frames import to_frame
from intents.understanding import Action

SETS = Path("tests/nlu/test")
SHOPS = (Path("shops"), Path("tests/nlu/shops"))
# From here on the flows change a cart without asking back (flows.customer.certainty).
SURE_TO_CHANGE = 0.7


def main(arguments: Sequence[str]) -> int:
    """The command line. Exits with 2 where something cannot be read."""
    options = _parser().parse_args(arguments)
    try:
        if options.model:
            intents.load(options.model)
        results, judged = _measured(options)
        text = readable(results, " ".join(["python -m intents.evaluate", *_shown(options)]))
        if options.document:
            put_into(options.document, text)
        if options.failures:
            _write_failures(options.failures, judged)
    except (IntentsError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(results, ensure_ascii=False) if options.json else text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m intents.evaluate",
        description=__doc__,
        epilog="With --train FILE --test FILE it measures other sentences with known intents.",
    )
    parser.add_argument("--sets", type=Path, default=SETS, metavar="DIR")
    parser.add_argument("--language", metavar="CODE", help="only this language's set")
    parser.add_argument("--shops", type=Path, action="append", metavar="DIR")
    parser.add_argument(
        "--model", type=Path, metavar="DIR", help="another model than the product's"
    )
    parser.add_argument("--sure", type=float, default=SURE_TO_CHANGE, metavar="CONFIDENCE")
    parser.add_argument("--failures", type=Path, metavar="FILE", help="JSON lines of wrong frames")
    parser.add_argument("--document", type=Path, metavar="FILE", help="put the tables into it")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    return parser


def _measured(options: argparse.Namespace) -> tuple[Results, Sequence[Judged]]:
    paths = set_files(options.sets, options.language)
    shops = read_shops(options.shops or SHOPS)
    return run(read_rows(paths), shops, hash_of(paths), options.sure)


def _shown(options: argparse.Namespace) -> Sequence[str]:
    """The options that change what is measured."""
    named = (("--sets", options.sets != SETS and options.sets), ("--language", options.language))
    return [part for name, value in named if value for part in (name, str(value))]


def _write_failures(path: Path, judged: Sequence[Judged]) -> None:
    wrong = [each for each in judged if not each.frame or each.wrong_action]
    lines = (json.dumps(_failure(each), ensure_ascii=False) for each in wrong)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _failure(each: Judged) -> Mapping[str, Any]:
    row, said = each.answer.row, each.answer.said
    return {
        "id": row.id,
        "text": row.text,
        "fault": each.fault.value if each.fault else None,
        "wrong_action": each.wrong_action,
        "meant": _brief(row.gold.actions, row.gold),
        "said": {**_brief(actions_of(said)), **_told(details_of(said))},
        "frame": to_frame(said, row.id),
    }


def _brief(actions: Sequence[Action], gold: Gold | None = None) -> Mapping[str, Any]:
    """What was asked for, in few words."""
    asked = [
        f"{a.intent.value} " + ", ".join(f"{i.sku} x {i.quantity}" for i in a.items)
        for a in actions
    ]
    return {"actions": asked, **(gold.details if gold else {})}


def _told(details: Mapping[str, object]) -> Mapping[str, object]:
    return {name: details[name] for name in DETAILS if details[name] is not None}
