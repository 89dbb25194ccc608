"""USSD on the lab's basic phone."""

import pytest

from bot.lab.dialler import NO_ANSWER, Dialler
from bot.lab.emulators import Emulators
from tests.fakes.lab import AMINA, Server


@pytest.fixture
def dialler(emulators: Emulators) -> Dialler:
    assert emulators.africastalking is not None
    return Dialler(emulators.africastalking)


def kinds(server: Server) -> list[str]:
    return [url.split("/development-secret/")[1] for url, _ in server.posts]


def test_a_page_is_shown_with_its_length_as_the_network_counts_it(dialler: Dialler) -> None:
    screen = dialler.dial(AMINA, "*284*77#")
    assert screen.text == "Welcome\n1 Rice"
    assert screen.open
    assert screen.cost == "18 of 160 in GSM-7"


def test_an_answer_goes_on_with_the_same_session(dialler: Dialler, server: Server) -> None:
    screen = dialler.dial(AMINA, "*284*77#")
    dialler.reply(screen.session, "1")
    dialler.reply(screen.session, "2")
    assert [form["text"] for _, form in server.posts] == ["", "1", "1*2"]


def test_a_page_that_ends_the_session_is_followed_by_the_networks_notice(
    dialler: Dialler, server: Server
) -> None:
    server.body = "END Thank you"
    screen = dialler.dial(AMINA, "*284*77#")
    assert not screen.open
    assert kinds(server) == ["ussd", "ussd/events"]
    assert server.posts[-1][1]["status"] == "Success"
    with pytest.raises(KeyError):
        dialler.reply(screen.session, "1")


def test_the_red_key_ends_the_session_unfinished(dialler: Dialler, server: Server) -> None:
    dialler.cancel(dialler.dial(AMINA, "*284*77#").session)
    assert server.posts[-1][1]["status"] == "Incomplete"


def test_dialling_again_ends_the_session_before_and_leaves_other_phones_alone(
    dialler: Dialler, server: Server
) -> None:
    other = dialler.dial("+256762345222", "*284*77#")
    first = dialler.dial(AMINA, "*284*77#")
    dialler.dial(AMINA, "*284*77#")
    assert kinds(server).count("ussd/events") == 1
    with pytest.raises(KeyError):
        dialler.reply(first.session, "1")
    assert dialler.reply(other.session, "1").open


def test_a_server_that_fails_is_a_connection_problem_on_the_screen(
    dialler: Dialler, server: Server
) -> None:
    server.status = 500
    screen = dialler.dial(AMINA, "*284*77#")
    assert screen.text == NO_ANSWER
    assert screen.fault
    assert not screen.open
