"""Any bytes, of any kind that they say they are, on every webhook: never a server error."""

import json
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import strategies as st

from bot.hub.request import LONGEST_BODY, MOST_FIELDS
from tests.e2e.fuzzing import (
    AT,
    BODIES,
    FORM,
    JSON,
    META,
    MTN,
    RUBBISH,
    TWILIO,
    Target,
    anything,
    for_each,
    some,
)
from tests.e2e.house import House

# The server's own threads use chance while examples are drawn.
pytestmark = pytest.mark.filterwarnings("ignore:Do not use the `random` module")

FORMS = (
    TWILIO,
    "/webhooks/twilio/status",
    *(f"{AT}/{kind}" for kind in ("sms", "sms/status", "ussd", "ussd/events", "optout")),
)
kinds = some(
    FORM, JSON, "multipart/form-data; boundary=x", "", "text/plain\x7f", f"{FORM}; charset=x"
)
nested = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | anything,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(anything, inner, max_size=4),
    max_leaves=12,
)
rubbish = st.one_of(
    st.binary(max_size=300),
    anything.map(lambda text: text.encode(errors="surrogatepass")),
    nested.map(lambda value: json.dumps(value).encode()),
)


@pytest.fixture
def target(build_house: Callable[..., House]) -> Target:
    return Target(build_house)


@pytest.mark.parametrize("url", [*FORMS, META])
def test_rubbish_is_no_server_error(target: Target, url: str) -> None:
    def check(body: tuple[bytes, str]) -> None:
        assert target.post(url, *body) < 500

    for_each(RUBBISH, st.tuples(rubbish, kinds), check)
    target.assert_nothing_half_written()


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_callback_about_money_may_say_anything(target: Target, method: str) -> None:
    """Of it nothing is believed, not even that it is JSON."""
    told = some("SUCCESSFUL", "FAILED", "PENDING", "", None, 1, [])
    callback = st.fixed_dictionaries(
        {"externalId": anything, "amount": told, "status": told}, optional={"reason": nested}
    ).map(lambda value: json.dumps(value).encode())

    def check(body: tuple[bytes, str]) -> None:
        assert target.post(MTN, *body, method=method) == 200

    for_each(BODIES, st.tuples(rubbish | callback, kinds), check)


def test_whatever_stands_in_the_path_is_no_server_error(target: Target) -> None:
    def check(word: str) -> None:
        part = quote(word, safe="", errors="surrogatepass")
        for url in (f"/webhooks/africastalking/{part}/sms", f"/webhooks/mtn-momo/{part}"):
            assert target.post(url, b"from=x") < 500
        assert target.post(f"/webhooks/twilio/status?ref={part}", b"") < 500

    for_each(RUBBISH, anything.map(lambda text: text[:200]), check)


def test_meta_s_question_is_answered_only_with_our_token(target: Target) -> None:
    words = some("subscribe", "meta-verify", "1158201444", "") | anything
    asked = st.fixed_dictionaries(
        {"hub.mode": words, "hub.verify_token": words, "hub.challenge": words}
    )

    def check(question: dict[str, str]) -> None:
        query = "&".join(
            f"{name}={quote(word, errors='surrogatepass')}" for name, word in question.items()
        )
        status, said = target.get(f"{META}?{query}")
        assert status in (200, 403)
        if status == 200:
            assert question["hub.verify_token"] == "meta-verify"
            assert said == question["hub.challenge"]

    for_each(BODIES, asked, check)


HUGE = {
    "one field": b"Body=" + b"x" * LONGEST_BODY,
    "one body": b"x" * LONGEST_BODY,
    "too large": b"x" * (LONGEST_BODY + 1),
    "many fields": b"a=1&" * (LONGEST_BODY // 4),
    "many empty fields": b"&" * LONGEST_BODY,
    "few too many fields": b"&".join(b"a%d=1" % n for n in range(MOST_FIELDS + 1)),
    "open brackets": b"[" * LONGEST_BODY,
    "deep objects": b'{"entry":' * (LONGEST_BODY // 9),
    "deep and closed": b"[" * 100_000 + b"]" * 100_000,
    "a long number": b'{"entry":[' + b"9" * 100_000 + b"]}",
    "a long name": b'{"' + b"x" * (LONGEST_BODY - 10) + b'":1}',
    "zeros": bytes(LONGEST_BODY),
}


def test_what_is_huge_is_refused_soon(target: Target) -> None:
    for what, body in HUGE.items():
        for url in (*FORMS, META, MTN):
            for kind in (FORM, JSON):
                started = time.monotonic()
                assert target.post(url, body, kind) < 500, (what, url, kind)
                # On a busy machine; alone it takes some hundredths of a second.
                assert time.monotonic() - started < 3, (what, url, kind)
    assert target.taken() == 0


def test_a_form_of_too_many_fields_is_refused_before_it_is_read(target: Target) -> None:
    fields = b"&".join(b"a%d=1" % number for number in range(MOST_FIELDS + 1))
    assert [target.post(url, fields) for url in FORMS] == [413] * len(FORMS)
    assert target.post(META, fields, JSON) == 400
