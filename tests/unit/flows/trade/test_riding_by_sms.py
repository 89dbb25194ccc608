from dataclasses import replace

import pytest

from flows.delivery_code import Handover, read_handover
from flows.heard import Attachment, Choice, Dialled, MediaKind, Stale
from flows.ports.orders import DeliveryStatus
from flows.ports.refusals import AlreadyTaken, Refusal
from flows.ports.trade import Job
from flows.rider.role import NotRiderError
from intents.command import Command, Word
from intents.intent import Intent
from tests.fakes.trade import FakeRides, a_job, trade_ports, ugx
from tests.fakes.trade_talk import Phone, sentence

CARRIED = DeliveryStatus.PICKED_UP


def test_a_delivery_is_walked_from_yes_to_its_code(rider: Phone, rides: FakeRides) -> None:
    assert "PICKED 1001" in rider.say("YES 1001")
    assert "+256772123456" in rider.say("PICKED 1001")
    assert "You hold UGX 53,000" in rider.say("DELIVERED 1001 4321")
    assert rides.done == [("accepted", 1001), ("picked_up", 1001), ("delivered", 1001)]


def test_numbers_may_be_left_out_with_one_job(rider: Phone, rides: FakeRides) -> None:
    for word in ("yes", "picked", "DELIVERED 4321"):
        rider.say(word)
    assert rides.done[-1] == ("delivered", 1001)


def test_among_several_offers_it_is_asked(rider: Phone, rides: FakeRides) -> None:
    rides.open[1002] = a_job(1002)
    assert "which order" in rider.say("yes")
    assert rides.done == []
    rider.press(2)
    assert rides.done == [("accepted", 1002)]


def test_an_offer_shows_no_phone_and_its_acceptance_does(rider: Phone, rides: FakeRides) -> None:
    rider.say("JOBS")
    assert "+256" not in rider.press(1)
    assert "+256772123456" in rider.press(1)


def test_who_comes_second_is_told(rider: Phone, rides: FakeRides) -> None:
    class Gone(FakeRides):
        def accept(self, number: int) -> Job | Refusal:
            return AlreadyTaken(number)

    rider.ports = replace(rider.ports, rides=Gone())
    assert "another rider was first" in rider.say("YES 1001")


def test_no_gives_an_offer_to_others(rider: Phone, rides: FakeRides) -> None:
    assert "somebody else" in rider.say("NO 1001")
    assert rides.done == [("waiting", 1001)]


def test_a_yes_in_other_words_takes_the_only_offer(rider: Phone, rides: FakeRides) -> None:
    rider.send(sentence("sure thing", Intent.AFFIRM))
    assert rides.done == [("accepted", 1001)]


def test_a_wrong_number_lists_the_jobs(rider: Phone) -> None:
    text = rider.say("PICKED 1999")
    assert "not one of your jobs" in text
    assert "1 Order 1001: Kamwokya. Take UGX 53,000 cash." in text


@pytest.mark.parametrize(
    "written", ["DELIVERED 1001 4321", "DELIVERED 4321 1001", "deliverd 1001 code 4321", "4321"]
)
def test_the_code_is_found_however_it_is_written(
    rider: Phone, rides: FakeRides, written: str
) -> None:
    rides.open = {1001: a_job(status=CARRIED)}
    rider.say(written)
    assert rides.done == [("delivered", 1001)]


def test_the_code_alone_among_several_asks_which(rider: Phone, rides: FakeRides) -> None:
    rides.open = {n: a_job(n, status=CARRIED) for n in (1001, 1002)}
    rider.say("DELIVERED 4321")
    assert rides.done == []
    rider.press(2)
    assert rides.done == [("delivered", 1002)]


def test_a_missing_code_costs_no_try(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=CARRIED)}
    assert "4-digit code" in rider.say("DELIVERED 1001")
    assert "4-digit code" in rider.say("DELIVERED 1001 43")
    assert rides.tries == 3


def test_wrong_codes_count_down_to_the_shop(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=CARRIED)}
    assert "2 tries left" in rider.say("DELIVERED 1001 9999")
    assert "1 try left" in rider.say("DELIVERED 1001 9998")
    assert "Call the shop" in rider.say("DELIVERED 1001 9997")


@pytest.mark.parametrize("written", ["code", "CODE 1001", "code."])
def test_code_sends_the_customer_the_code_again(
    rider: Phone, rides: FakeRides, written: str
) -> None:
    rides.open = {1001: a_job(status=CARRIED)}
    text = rider.say(written)
    assert "gets the code again" in text
    assert "4321" not in text
    assert rides.done == [("code", 1001)]


def test_code_without_anything_carried_says_so(rider: Phone, rides: FakeRides) -> None:
    assert "carry no order" in rider.say("code")
    assert rides.done == []


def test_fail_asks_why_and_offers_reasons(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=CARRIED)}
    assert "Why could order 1001" in rider.say("FAIL 1001")
    assert rides.done == []
    rider.press(1)
    assert rides.done == [("failed", 1001), ("reason", "nobody-there")]


def test_a_reason_in_own_words_is_taken_as_written(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=CARRIED)}
    rider.say("FAIL")
    rider.send(sentence("thanks but the gate is locked", Intent.THANKS))
    assert ("reason", "thanks but the gate is locked") in rides.done


def test_who_failed_by_mistake_keeps_the_order(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=CARRIED)}
    rider.say("FAIL 1001")
    assert "still have the order" in rider.press(4)
    assert rides.done == []


def test_undo_takes_a_step_back(rider: Phone, rides: FakeRides) -> None:
    rider.say("YES 1001")
    assert "offered to you" in rider.say("UNDO")
    assert "nothing to take back" in rider.say("UNDO")


def test_duty_goes_on_and_off(rider: Phone, rides: FakeRides) -> None:
    rider.say("ON")
    assert "off duty" in rider.say("OFF")
    rides.open = {1001: a_job(status=CARRIED)}
    assert "still bring the order" in rider.say("OFF")
    assert rides.done == [("duty", True), ("duty", False), ("duty", False)]


def test_a_number_alone_shows_that_job(rider: Phone, rides: FakeRides) -> None:
    rides.open = {1001: a_job(status=CARRIED, collect=ugx(0))}
    text = rider.say("1001")
    assert "Paid, take no cash" in text
    assert "Send the code again" in text
    rider.press(2)
    assert rides.done == [("code", 1001)]


def test_without_jobs_jobs_says_how_to_get_some(rider: Phone, rides: FakeRides) -> None:
    rides.open = {}
    assert "Send ON" in rider.say("JOBS")
    assert "Send ON" in rider.send(Dialled())
    assert "No job of yours waits for PICKED" in rider.say("PICKED")


def test_nothing_is_a_dead_end(rider: Phone) -> None:
    assert "Send HELP" in rider.say("the road is wet")
    assert "from an older list" in rider.send(Stale("1002"))
    assert "only read words" in rider.send(Attachment(MediaKind.PICTURE))
    assert "DELIVERED 1001" in rider.say("HELP")


@pytest.mark.parametrize("option", ["cmd:", "cmd:SALES", "job:x", "code:x", "job:1999"])
def test_an_option_that_means_nothing_does_nothing(
    rider: Phone, rides: FakeRides, option: str
) -> None:
    assert rider.send(Choice(option))
    assert rides.done == []


def test_who_does_not_ride_here_gets_no_jobs(rider: Phone) -> None:
    rider.ports = trade_ports()
    with pytest.raises(NotRiderError):
        rider.say("JOBS")


@pytest.mark.parametrize(
    ("number", "rest", "handover"),
    [
        (1001, "4321", Handover(1001, "4321")),
        (4321, "1001", Handover(1001, "4321")),
        (421, "1001", Handover(1001, "0421")),
        (421, "", Handover(None, "0421")),
        (None, "4321", Handover(None, "4321")),
        (None, "", Handover(None, "")),
        (1001, "", Handover(1001, "")),
        (1001, "43", Handover(1001, "")),
        (1999, "4321", Handover(1999, "4321")),
        (54321, "", Handover(54321, "")),
    ],
)
def test_a_handover_is_read_in_any_order(number: int | None, rest: str, handover: Handover) -> None:
    assert read_handover(Command(Word.DELIVERED, number, rest), [1001]) == handover
