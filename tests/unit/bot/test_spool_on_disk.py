"""Messages on disk while the database is away: none is lost, doubled or out of order, and none blocks
the others."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.spool import Kept, RefusedError, Spool, SpoolError
from channels.channel import Inbound, Medium, Receipt, ReceiptStatus, Sender, Session
from flows.heard import Attachment, MediaKind

AT = datetime(2026, 11, 25, 9, 0, 0, 123456, tzinfo=UTC)


def _message(text: str) -> Kept:
    inbound = Inbound(
        Medium.WHATSAPP,
        "twilio",
        "AC1",
        "+256312000001",
        Sender("+256772000001", "BSUID.1", "Amina \U0001f600"),
        f"SM-{text}",
        text,
        choice="pay",
        attachment=Attachment(MediaKind.LOCATION, None, "here", 0.3, 32.5),
        sent_at=AT,
        session=Session("s1", "1*2", "*284*77#"),
    )
    return Kept(inbound, AT, "AC1")


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "deep" / "spool")


def _replayed(spool: Spool) -> list[Kept]:
    seen: list[Kept] = []
    spool.replay(seen.append)
    return seen


def test_what_is_kept_comes_back_whole_in_order_and_once(spool: Spool) -> None:
    kept = [
        _message(text)
        for text in ("one", "two", "three", "wï\u0000rd \ud83d".encode("utf-8", "replace").decode())
    ]
    kept.append(Kept(Receipt("twilio", "AC1", "SM1", ReceiptStatus.READ, "63016"), AT, "AC1"))
    for message in kept:
        spool.keep(message)
    assert spool.waiting()
    assert _replayed(spool) == kept
    assert not spool.waiting()
    assert _replayed(spool) == []


def test_nothing_waits_before_anything_was_kept(spool: Spool) -> None:
    assert not spool.waiting()
    assert spool.replay(lambda _: None) == 0


def test_what_cannot_be_taken_in_now_stays_with_everything_behind_it(spool: Spool) -> None:
    for text in ("one", "two", "three"):
        spool.keep(_message(text))
    seen: list[str] = []

    def accept(kept: Kept) -> None:
        seen.append(kept.told.text)
        if len(seen) == 2:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        spool.replay(accept)
    assert seen == ["one", "two"]
    assert [kept.told.text for kept in _replayed(spool)] == ["two", "three"]


def test_a_file_that_cannot_be_read_blocks_nothing_and_is_not_thrown_away(spool: Spool) -> None:
    spool.keep(_message("one"))
    for name, data in (("0" * 20, b'{"half'), ("1" * 20, b""), ("2" * 20, b"\xff\xfe")):
        (spool.directory / f"{name}-x.json").write_bytes(data)
    assert [kept.told.text for kept in _replayed(spool)] == ["one"]
    assert not spool.waiting()
    assert len(list(spool.directory.glob("*.aside"))) == 3


def test_what_is_refused_for_good_is_put_aside(spool: Spool) -> None:
    for text in ("one", "poison", "three"):
        spool.keep(_message(text))
    seen: list[str] = []

    def accept(kept: Kept) -> None:
        if kept.told.text == "poison":
            raise RefusedError
        seen.append(kept.told.text)

    assert spool.replay(accept) == 2
    assert seen == ["one", "three"]
    assert not spool.waiting()


def test_a_crash_between_write_and_rename_leaves_nothing_that_waits(spool: Spool) -> None:
    spool.keep(_message("one"))
    (spool.directory / ("0" * 20 + "-x.part")).write_bytes(b'{"told": {"half')
    assert [kept.told.text for kept in _replayed(spool)] == ["one"]
    assert not spool.waiting()


def test_two_processes_do_not_replay_at_once(spool: Spool) -> None:
    spool.keep(_message("one"))
    inside, go_on = threading.Event(), threading.Event()
    seen: list[Kept] = []

    def slowly(kept: Kept) -> None:
        inside.set()
        go_on.wait(5)
        seen.append(kept)

    first = threading.Thread(target=spool.replay, args=(slowly,))
    first.start()
    assert inside.wait(5)
    assert Spool(spool.directory).replay(seen.append) == 0
    go_on.set()
    first.join()
    assert len(seen) == 1


def test_what_arrives_during_a_replay_is_replayed_too(spool: Spool) -> None:
    spool.keep(_message("one"))
    seen: list[str] = []

    def accept(kept: Kept) -> None:
        if not seen:
            spool.keep(_message("two"))
        seen.append(kept.told.text)

    assert spool.replay(accept) == 2
    assert seen == ["one", "two"]


def test_a_disk_that_takes_nothing_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SpoolError):
        Spool(tmp_path / "file" / "spool").keep(_message("one"))


def test_only_we_can_read_what_people_wrote(spool: Spool) -> None:
    spool.keep(_message("one"))
    [file] = spool.directory.glob("*.json")
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
