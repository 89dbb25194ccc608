"""Whatever Paystack may answer, nothing is guessed from it."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.ports.payments import AttemptStatus, Way
from payments.amounts import json_object
from payments.errors import PaymentError
from payments.paystack import answers
from payments.paystack.client import Answer

NAMES = st.sampled_from(
    ["status", "data", "message", "code", "reference", "amount", "currency", "id", "url",
     "authorization_url", "gateway_response", "display_text"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["success", "failed", "abandoned", "send_otp", "reversed", "NGN", "GHS", "48000", "1e3"]
)
PLAIN = (
    WORDS
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text("aZ0_ -\u00e9\u0000", max_size=9)
)
JSON = PLAIN | st.lists(PLAIN, max_size=2) | st.dictionaries(NAMES, PLAIN, max_size=4)
ANSWERS = st.builds(
    lambda status, body: Answer(status, json_object(json.dumps(body).encode())),
    st.sampled_from([200, 201, 400, 404, 422]),
    st.dictionaries(NAMES, JSON, max_size=6),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answer=ANSWERS, way=st.sampled_from([Way.PROMPT, Way.LINK]))
def test_a_status_is_success_by_that_very_word_alone(answer: Answer, way: Way) -> None:
    try:
        status = answers.status(answer, way)
    except PaymentError:
        return
    if status.state is AttemptStatus.SUCCEEDED:
        assert answer.ok
        assert answer.data["status"] == "success"
    assert status.amount is None or status.amount.minor >= 0
    assert status.code is None or len(status.code) <= 100


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answer=ANSWERS)
def test_no_answer_to_a_request_is_believed_to_be_money(answer: Answer) -> None:
    for read in (answers.link, answers.charge):
        try:
            submission = read(answer)
        except PaymentError:
            # No link: asked about.
            assert read is answers.link
            continue
        assert submission.state in (
            AttemptStatus.PENDING,
            AttemptStatus.FAILED,
            AttemptStatus.UNKNOWN,
            AttemptStatus.EXPIRED,
        )


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x", "", None, 7, "//a.b", "https://a b"]
)
def test_a_link_that_is_none_is_not_handed_to_anybody(url: object) -> None:
    said = {"status": True, "data": {"authorization_url": url, "status": "open_url", "url": url}}
    with pytest.raises(PaymentError):
        answers.link(Answer(200, said))
    assert answers.charge(Answer(200, said)).link is None
