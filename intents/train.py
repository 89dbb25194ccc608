"""Trains the language model from locales/*/utterances: `python -m intents.train [--output DIR]`."""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.language import Language as Pipeline

from intents.classifier import pipeline
from intents.errors import IntentsError
from intents.locales import add_locales
from intents.model import STAMP, default_folder, fingerprint
from intents.utterances import Utterance, utterances


def train(sentences: Sequence[Utterance]) -> Pipeline:
    """A trained pipeline. The same sentences give the same model."""
    texts = [each.text for each in sentences]
    templates = [each.template for each in sentences]
    nlp, classifier = pipeline()
    classifier.fit(texts, [each.intent for each in sentences], templates)
    add_locales(nlp).fit(texts, [each.locale for each in sentences], templates)
    return nlp


def save(nlp: Pipeline, folder: Path) -> None:
    """Put the model in place of an older one, so that nobody ever reads half of it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    nlp.to_disk(fresh)
    (fresh / STAMP).write_text(json.dumps({"fingerprint": fingerprint()}), encoding="utf-8")
    fresh.chmod(0o755)
    older = Path(f"{fresh}-older")
    try:
        if folder.exists():
            folder.rename(older)
        fresh.rename(folder)
    finally:
        shutil.rmtree(older, ignore_errors=True)
        shutil.rmtree(fresh, ignore_errors=True)


def make_model(folder: Path, say: Callable[[str], object] = print) -> None:
    """Train and save, telling how it goes."""
    began = time.perf_counter()
    sentences = utterances()
    intents = len({each.intent for each in sentences})
    say(f"Learning {intents} intents from {len(sentences)} sentences ...")
    save(train(sentences), folder)
    say(f"The language model is in {folder} ({time.perf_counter() - began:.1f} s).")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m intents.train", description=__doc__)
    parser.add_argument("--output", type=Path, default=default_folder(), metavar="DIR")
    try:
        make_model(parser.parse_args(arguments).output)
    except (IntentsError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
