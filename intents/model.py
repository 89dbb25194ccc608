"""The trained model on disk: where it lies, whether it fits this code and data, and loading it."""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language as Pipeline

from intents import classifier, locales
from intents.errors import ModelError
from intents.language_files import LOCALES

COMPONENTS = (classifier.NAME, locales.NAME)
MEND = "python -m intents.train"
STAMP = "sokoni.json"
# A fingerprint, and of each file when it was changed (nanoseconds) and its size.
Standing = tuple[str, tuple[tuple[Path, int, int], ...]]
_DATA = ("words.toml", "numbers.toml", "slots.toml", "utterances/*.txt")
# A change in one of these changes what training makes of the same sentences.
_CODE = (
    "classifier", "confidence", "features", "folding", "language", "language_files", "left_out",
    "linear", "locales", "number_words", "recipe", "templates", "text_classifier", "train", "utterances",
    "vocabulary",
)  # fmt: skip


def default_folder() -> Path:
    """Beside the packages it was made with: inside the virtual environment."""
    return Path(sys.prefix) / "share" / "sokoni" / "model"


def fingerprint(root: Path = LOCALES) -> str:
    """A hash of all training data and of the code that trains."""
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(path.name.encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def standing(folder: Path) -> Standing:
    """What the files of a model and what it was trained on are like: the same, and it need not be read
    again."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    known = ((path, path.stat()) for path in files)
    return fingerprint(), tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in known)


def load_pipeline(folder: Path) -> Pipeline:
    """The pipeline, ready to answer. Raises ModelError when it is missing, stale or unreadable."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"No language model in {folder}. Make it with: {MEND}") from error
    if stamp.get("fingerprint") != fingerprint():
        raise ModelError(f"The language model in {folder} is older than its data. Run: {MEND}")
    try:
        nlp = spacy.load(folder)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"The language model in {folder} cannot be read. Run: {MEND}") from error
    if missing := [name for name in COMPONENTS if name not in nlp.pipe_names]:
        raise ModelError(f"The language model in {folder} lacks {missing[0]}. Run: {MEND}")
    return nlp


def _sources(root: Path) -> Iterator[Path]:
    for pattern in _DATA:
        yield from sorted(root.glob(f"*/{pattern}"))
    code = Path(locales.__file__).parent
    yield from (code / f"{name}.py" for name in _CODE)
