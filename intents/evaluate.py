"""Measures the engine on sentences with known intents: `python -m intents.evaluate --train A --test B`.

Trains with the code that trains the product's own model, answers every test sentence, and prints one
JSON object. An answer below a threshold counts as out of scope, as does the label given by --oos.
"""

import argparse
import csv
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from intents.classifier import pipeline
from intents.errors import IntentsError
from intents.evaluation.command import main as own_sets
from intents.folding import folded
from intents.language import Language

THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 20))
IN_SCOPE_THRESHOLD = 0.1
OUT_OF_SCOPE = "out_of_scope"


class Sentence(NamedTuple):
    """A text and what it means."""

    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine made of one sentence."""

    sentence: Sentence
    intent: str
    confidence: float


def read_sentences(path: Path) -> list[Sentence]:
    """CSV with `sentence,label`, or JSON lines with `raw` or `text`, and `intent`."""
    try:
        if path.suffix.lower() == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file)
                return [Sentence(row["sentence"], row["label"].strip()) for row in rows]
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        return [Sentence(line.get("raw") or line["text"], line["intent"]) for line in lines]
    except (OSError, KeyError, ValueError, AttributeError) as error:
        raise IntentsError(f"{path}: cannot read sentences: {error!r}") from error


def measure(
    train: Sequence[Sentence], test: Sequence[Sentence], oos: str
) -> tuple[Mapping[str, object], list[Answer]]:
    """The figures, and the answers that they come from. `oos` labels what is out of scope."""
    plain = Language("und")
    nlp, classifier = pipeline()
    began = time.perf_counter()
    classifier.fit([folded(s.text, plain) for s in train], [s.intent for s in train])
    trained = time.perf_counter()
    answers = []
    for sentence in test:
        cats = nlp(folded(sentence.text, plain)).cats
        intent = max(cats, key=lambda label: cats[label])
        answers.append(Answer(sentence, intent, cats[intent]))
    done = time.perf_counter()
    figures = {
        **_scores(answers, oos),
        "ms_per_message": round(1000 * (done - trained) / max(len(test), 1), 4),
        "train_seconds": round(trained - began, 2),
    }
    return figures, answers


def _scores(answers: Sequence[Answer], oos: str) -> Mapping[str, object]:
    inside = [a for a in answers if a.sentence.intent != oos]
    outside = [a for a in answers if a.sentence.intent == oos]
    kept = [
        a for a in inside if a.intent == a.sentence.intent and a.confidence >= IN_SCOPE_THRESHOLD
    ]
    right = [a for a in answers if a.intent == a.sentence.intent]
    mcc, recall = {}, {}
    for threshold in THRESHOLDS:
        said = [a.intent if a.confidence >= threshold else oos for a in answers]
        mcc[f"{threshold:.2f}"] = round(matthews([a.sentence.intent for a in answers], said), 4)
        caught = sum(a.intent == oos or a.confidence < threshold for a in outside)
        recall[f"{threshold:.2f}"] = round(caught / len(outside), 4) if outside else None
    return {
        "accuracy": round(len(right) / max(len(answers), 1), 4),
        "macro_f1": round(macro_f1([(a.sentence.intent, a.intent) for a in answers]), 4),
        "in_scope_accuracy": round(len(kept) / max(len(inside), 1), 4),
        "mcc": mcc,
        "oos_recall": recall,
    }


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean over all true labels of the harmonic mean of precision and recall."""
    scores = []
    for label in {true for true, _ in pairs}:
        hits = sum(true == said == label for true, said in pairs)
        named = sum(true == label for true, _ in pairs) + sum(said == label for _, said in pairs)
        scores.append(2 * hits / named)
    return float(np.mean(scores)) if scores else 0.0


def matthews(true: Sequence[str], said: Sequence[str]) -> float:
    """Matthews' correlation for many classes (Gorodkin 2004); 0 where it is not defined."""
    labels = {label: index for index, label in enumerate(sorted({*true, *said}))}
    counts = np.zeros((len(labels), len(labels)))
    for one, other in zip(true, said, strict=True):
        counts[labels[one], labels[other]] += 1
    rows, columns, total = counts.sum(1), counts.sum(0), counts.sum()
    spread = (total**2 - columns @ columns) * (total**2 - rows @ rows)
    if spread <= 0:
        return 0.0
    return float((np.trace(counts) * total - rows @ columns) / np.sqrt(spread))


def _write(path: Path, answers: Sequence[Answer]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for answer in answers:
            line = {
                "text": answer.sentence.text,
                "intent": answer.sentence.intent,
                "predicted": answer.intent,
                "confidence": round(answer.confidence, 4),
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Exits with 2 where a file cannot be read. Without --train the project's own
    sets are measured."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not any(word.partition("=")[0] == "--train" for word in arguments):
        return own_sets(arguments)
    parser = argparse.ArgumentParser(prog="python -m intents.evaluate", description=__doc__)
    parser.add_argument("--train", type=Path, required=True, metavar="FILE")
    parser.add_argument("--test", type=Path, required=True, metavar="FILE")
    parser.add_argument("--oos", default=OUT_OF_SCOPE, metavar="LABEL")
    parser.add_argument("--predictions", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        train, test = read_sentences(options.train), read_sentences(options.test)
        figures, answers = measure(train, test, options.oos)
    except IntentsError as error:
        print(error, file=sys.stderr)
        return 2
    if options.predictions:
        _write(options.predictions, answers)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
