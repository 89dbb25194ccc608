import json
import logging
from collections.abc import Iterator
from uuid import UUID

import pytest
import structlog

from bot.ops.logging import configure, traced

TRACE = UUID("3f2504e0-4f89-41d3-9a0c-0305e82c3301")


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    out, err = capsys.readouterr()
    assert out == ""
    return [json.loads(line) for line in err.splitlines()]


def test_each_event_is_one_json_line_on_stderr_with_its_trace(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure("INFO", readable=False)
    with traced(TRACE, shop="mama-grace"):
        structlog.get_logger("bot.turn").info("answered", seconds=0.1)
    structlog.get_logger("bot.turn").info("after")
    first, second = lines(capsys)
    assert first["event"] == "answered"
    assert first["trace"] == str(TRACE)
    assert first["shop"] == "mama-grace"
    assert first["level"] == "info"
    assert "trace" not in second


def test_what_libraries_log_takes_the_same_road_and_is_masked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure("INFO", readable=False)
    with traced(TRACE):
        logging.getLogger("gunicorn.access").info("POST %s", "/webhooks/africastalking/s3cr3t/sms")
    (line,) = lines(capsys)
    assert line["event"] == "POST /webhooks/africastalking/***/sms"
    assert line["trace"] == str(TRACE)


def test_a_traceback_is_masked_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", readable=False)
    try:
        raise ValueError("cannot write to +256772000003")
    except ValueError:
        structlog.get_logger("bot").exception("broken")
    (line,) = lines(capsys)
    assert "cannot write to +256****003" in str(line["exception"])
    assert "772000003" not in json.dumps(line)


@pytest.mark.parametrize("readable", [True, False])
def test_readable_lines_are_masked_as_well(
    capsys: pytest.CaptureFixture[str], readable: bool
) -> None:
    configure("INFO", readable=readable)
    structlog.get_logger("bot").warning("to +256772000003", token="abc")
    printed = capsys.readouterr().err
    assert "772000003" not in printed
    assert "abc" not in printed


def test_the_level_is_kept_to(capsys: pytest.CaptureFixture[str]) -> None:
    configure("WARNING", readable=False)
    structlog.get_logger("bot").info("quiet")
    logging.getLogger("somebody").info("quiet")
    assert lines(capsys) == []
