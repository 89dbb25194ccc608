"""What Meta posts, truly signed, with anything in any place of it: taken, and answered where somebody
wrote."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from channels.meta.emulator import Who, handset
from tests.e2e.fuzzing import (
    BODIES,
    JSON,
    META,
    RUBBISH,
    Target,
    anything,
    bodies,
    for_each,
    people,
    some,
)
from tests.e2e.house import House
from tests.e2e.meta_phone import JOY, MAMA

# The server's own threads use chance while examples are drawn. PostgreSQL takes less than SQLite does.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Do not use the `random` module"),
    pytest.mark.databases("postgres"),
]

AT = datetime(2026, 11, 21, 11, 5, tzinfo=UTC)
Path = tuple[str | int, ...]
GONE = object()
# Where our own id of a message goes, in what Meta tells about it.
OURS = "our own id"

whos = st.builds(Who, people, st.none() | some("UG.1234"), some("Amina", None)) | st.builds(
    Who, st.none(), st.integers(0, 30).map("UG.77{}".format), anything
)
skus = st.lists(st.tuples(some("soap", "rice-5kg", "x") | anything, some(1, 2, 10**9)), max_size=3)
CONTENTS: SearchStrategy[handset.Json] = st.one_of(
    bodies.map(handset.text),
    st.builds(handset.button, some("cart", "add:soap:2", "page:9", "do:x"), anything),
    st.builds(handset.row, some("product:rice", "order:1001", "home"), anything, anything),
    st.builds(handset.quick_reply, some("track:1001", "") | anything, anything),
    st.builds(handset.order, skus, some("UGX", "XXX"), anything),
    st.builds(handset.location, some(0.3476, 91.0, -90.0), some(32.58, 181.0), anything),
    anything.map(
        lambda name: {"type": "contacts", "contacts": [{"name": {"formatted_name": name}}]}
    ),
    st.builds(
        lambda kind, caption: {"type": kind, kind: {"id": "1", "caption": caption, "url": "x"}},
        some("image", "audio", "video", "document", "sticker", "voice"),
        anything,
    ),
    some("reaction", "unsupported", "system", "request_welcome", "of tomorrow").map(
        lambda kind: {"type": kind, "errors": [{"code": 131051, "title": "Unsupported"}]}
    ),
)
STATUSES = st.builds(
    lambda status, code: {
        "id": "wamid.x",
        "status": status,
        "timestamp": "1795258800",
        "recipient_id": "256772000001",
        "pricing": {"billable": True, "category": "service", "pricing_model": "PMP"},
        "errors": [{"code": code, "title": "x", "error_data": {"details": "y"}}],
        "biz_opaque_callback_data": OURS,
    },
    some("sent", "delivered", "read", "failed", "of tomorrow"),
    some(131047, 131026, 999999, -1),
)


def value(
    who: Who, contents: Sequence[handset.Json], statuses: Sequence[handset.Json], to: str
) -> handset.Json:
    messages = [
        handset.message(who, content, f"wamid.{uuid4().hex}", AT, "wamid.0") for content in contents
    ]
    return handset.value_of(to, contacts=[who.contact], messages=messages, statuses=statuses)


VALID = st.lists(
    st.builds(
        value,
        whos,
        st.lists(CONTENTS, min_size=1, max_size=2),
        st.lists(STATUSES, max_size=1),
        some(MAMA, MAMA, JOY, "9", ""),
    ),
    min_size=1,
    max_size=2,
).map(handset.envelope)
WRONG: SearchStrategy[Any] = st.one_of(
    some(None, True, False, 0, -1, 1.5, 10**30, "", [], {}, [[]], [None], {"": None}, GONE),
    anything,
    st.lists(st.dictionaries(anything, st.none() | st.integers(), max_size=2), max_size=2),
)


def places(document: object, here: Path = ()) -> Iterator[Path]:
    """The way to everything that a document holds."""
    inner: Mapping[Any, object] = {}
    if isinstance(document, dict):
        inner = document
    elif isinstance(document, list):
        inner = dict(enumerate(document))
    for name, held in inner.items():
        yield (*here, name)
        yield from places(held, (*here, name))


def mutated(document: handset.Json, changes: Sequence[tuple[int, Any]]) -> handset.Json:
    """With something wrong, or nothing, in so many of its places."""
    changed = copy.deepcopy(document)
    for number, wrong in changes:
        ways = list(places(changed))
        if not ways:
            break
        *path, last = ways[number % len(ways)]
        holder: Any = changed
        for name in path:
            holder = holder[name]
        if wrong is GONE:
            del holder[last]
        else:
            holder[last] = wrong
    return changed


CHANGES = st.lists(st.tuples(st.integers(0, 10**6), WRONG), max_size=3)
DOCUMENTS = st.builds(mutated, VALID, CHANGES)


@pytest.fixture
def target(build_house: Callable[..., House]) -> Target:
    return Target(build_house)


def test_anything_in_any_place_is_taken(target: Target) -> None:
    for number in range(40):
        who = Who(f"+2567723101{number:02d}")
        hello = handset.envelope([value(who, [handset.text("hi")], [], MAMA)])
        assert target.post(META, json.dumps(hello).encode(), JSON) == 200
    ours = target.ours()

    def check(document: handset.Json) -> None:
        body = json.dumps(document).replace(OURS, next(ours)).encode()
        assert target.post(META, body, JSON) == 200

    for_each(BODIES - RUBBISH, DOCUMENTS, check)
    assert target.taken() > 200
    assert target.replied() > 200
    assert target.receipted() > 10
    target.assert_nothing_half_written()
