"""How long a message takes to understand, beside a plain classifier, and what the model weighs."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scripts.bench.servers import memory

SETS = Path("tests/nlu/test")
SIZES = (1_000, 20_000)
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one message, and of the first to meet a catalogue."""

    p50: float
    p99: float
    mean: float
    first: float


def understanding() -> None:
    """Measure and print. Kinds take turns, round by round, so that a busy machine slows all alike."""
    import intents
    from intents.evaluation.answering import context_of
    from intents.evaluation.rows import read_rows, set_files
    from intents.evaluation.shop_names import ShopNames
    from scripts.bench.goods import goods
    from scripts.bench.plain_classifier import PlainClassifier

    weight = _weight()
    intents.load()
    rows = read_rows(set_files(SETS))
    languages = tuple(sorted({row.language for row in rows}))
    shop = ShopNames("everywhere", (), languages, "UG")
    contexts = [context_of(row, shop) for row in rows]
    texts = [row.text for row in rows]
    plain = PlainClassifier()
    kinds: dict[str, Callable[[int], object]] = {}
    for size in SIZES:
        shelf = goods(size)
        kinds[f"{size} products"] = lambda place, shelf=shelf: intents.understand(  # type: ignore[misc]
            texts[place], contexts[place], shelf
        )
    kinds["yardstick"] = lambda place: plain.intent(texts[place])
    for kind, spent in _measured(kinds, len(rows)).items():
        _show(kind, spent)
    print(f"{len(rows)} messages, {ROUNDS} rounds; the yardstick tells the intent alone, and is")
    meant = [row.gold.intent.value for row in rows]
    print(f"  right about it in {plain.accuracy(texts, meant):.1%} of them (make nlu: the engine)")
    print(
        f"MiB resident: {weight['before']:.0f} before the model is loaded, "
        f"{weight['loaded']:.0f} after, {weight['asked']:.0f} after its first message"
    )


def _measured(kinds: Mapping[str, Callable[[int], object]], count: int) -> Mapping[str, Spent]:
    first = {kind: _milliseconds(ask, 0) for kind, ask in kinds.items()}
    spent: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(ROUNDS):
        for kind, ask in kinds.items():
            spent[kind] += [_milliseconds(ask, place) for place in range(count)]
    return {kind: _summary(spent[kind], first[kind]) for kind in kinds}


def _milliseconds(ask: Callable[[int], object], place: int) -> float:
    began = time.perf_counter()
    ask(place)
    return 1000 * (time.perf_counter() - began)


def _summary(spent: Sequence[float], first: float) -> Spent:
    middle, slow = np.percentile(spent, [50, 99])
    return Spent(float(middle), float(slow), float(np.mean(spent)), first)


def _show(kind: str, spent: Spent) -> None:
    print(
        f"{kind:16} p50 {spent.p50:7.2f} ms  p99 {spent.p99:7.2f} ms  mean {spent.mean:7.2f} ms"
        f"  first message {spent.first:8.1f} ms"
    )


def _weight() -> Mapping[str, float]:
    """Of a process that does nothing else."""
    command = [sys.executable, "-m", "scripts.bench.understanding"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(told)
    return found


def _weigh_yourself() -> None:
    import intents
    from intents.understanding import Context
    from scripts.bench.goods import goods

    weight = {"before": memory(os.getpid()).resident}
    intents.load()
    weight["loaded"] = memory(os.getpid()).resident
    intents.understand("add 2 milk", Context(), goods(SIZES[0]))
    weight["asked"] = memory(os.getpid()).resident
    print(json.dumps(weight))


if __name__ == "__main__":
    _weigh_yourself()
