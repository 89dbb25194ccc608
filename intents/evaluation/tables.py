"""Results as tables in Markdown, which read well in a terminal too."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from intents.errors import IntentsError
from intents.evaluation.results import EVERY, Measure, Measures, Results

BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
MOST_CONFUSIONS = 15

TITLES: Mapping[str, str] = {
    "frame_accuracy": "whole frame",
    "intent_accuracy": "intent",
    "macro_f1": "intent, macro F1",
    "item_f1": "items, F1",
    "wrong_action_rate": "wrong action",
    "out_of_scope_recall": "out of scope found",
    "calibration_error": "calibration error",
}
STRESS_TITLES: Mapping[str, str] = {
    "no_diacritics": "without diacritics",
    "noise": "8 % of letters mistyped",
    "three_words": "only the first three words",
}


def readable(results: Results, command: str) -> str:
    """All tables under the command and the sets that they come from."""
    spent = results["milliseconds"]
    parts = (
        f"`{command}`, {results['messages']} messages, sets `{results['sets'][:16]}`. Percent, with "
        "95 % intervals.",
        _figures(results["figures"], tuple(TITLES)),
        *(
            f"{STRESS_TITLES[name][0].upper()}{STRESS_TITLES[name][1:]}:\n\n"
            + _figures(measures, tuple(measures[EVERY]))
            for name, measures in results["stress"].items()
        ),
        "How often the intent is right where the engine is so sure:\n\n" + _reliability(results),
        "Wrong frames by the first part that is wrong:\n\n" + _faults(results),
        "The most frequent confusions of intents:\n\n" + _confusions(results),
        f"One message takes {spent['mean']:.2f} ms on average (p50 {spent['p50']:.2f}, "
        f"p99 {spent['p99']:.2f}).",
    )
    return "\n\n".join(parts)


def put_into(document: Path, text: str) -> None:
    """Replace what stands between the markers. Raises IntentsError where they are missing."""
    try:
        before, rest = document.read_text(encoding="utf-8").split(BEGIN)
        _, after = rest.split(END)
        document.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise IntentsError(f"{document}: needs {BEGIN} and {END}, once each: {error}") from error


def _figures(measures: Measures, names: Sequence[str]) -> str:
    languages = _languages(measures)
    rows = [
        [language, str(max(m["n"] for m in measures[language].values()))]
        + [_percent(measures[language][name]) for name in names]
        for language in languages
    ]
    return _table(["", "n", *(TITLES[name] for name in names)], rows)


def _percent(measure: Measure) -> str:
    if measure["value"] is None:
        return "none"
    if measure["low"] is None or measure["high"] is None:
        return f"{100 * measure['value']:.1f}"
    return (
        f"{100 * measure['value']:.1f} ({100 * measure['low']:.1f} to {100 * measure['high']:.1f})"
    )


def _reliability(results: Results) -> str:
    rows = [
        [
            f"{100 * each['above']:.0f} and more",
            str(each["n"]),
            f"{100 * each['confidence']:.1f}",
            f"{100 * each['right']:.1f}",
        ]
        for each in results["calibration"][EVERY]
    ]
    return _table(["confidence", "n", "mean confidence", "right"], rows)


def _faults(results: Results) -> str:
    languages = _languages(results["faults"])
    parts = tuple(results["faults"][EVERY])
    rows = [
        [language, *(str(results["faults"][language][part]) for part in parts)]
        for language in languages
    ]
    return _table(["", *parts], rows)


def _languages(found: Mapping[str, object]) -> Sequence[str]:
    """By name, and all of them last where there are several."""
    spoken = sorted(set(found) - {EVERY})
    return [*spoken, EVERY] if len(spoken) > 1 else spoken


def _confusions(results: Results) -> str:
    rows = [
        [each["meant"], each["said"], str(each["count"]), _by_language(each["ids"])]
        for each in results["confusions"][:MOST_CONFUSIONS]
    ]
    return _table(["meant", "understood", "messages", "languages"], rows)


def _by_language(ids: Sequence[str]) -> str:
    return ", ".join(sorted({each.rpartition("-")[0] for each in ids}))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    )
