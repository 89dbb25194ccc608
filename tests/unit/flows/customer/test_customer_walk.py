"""Every way through the conversation, by choices alone and by words, on every medium."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache

import pytest

from flows.customer import customer
from flows.heard import Attachment, Choice, Dialled, Heard, MediaKind, Stale
from flows.ports.orders import OrderStatus
from flows.ports.payments import AttemptStatus
from flows.reply import Reply
from intents.intent import Intent
from intents.understanding import Asked
from tests.fakes.conversation import Conversation, item, said
from tests.fakes.ports import FakeShop, an_order

MEDIA = ("whatsapp", "sms", "ussd")

# What a person might answer where an answer in words is expected.
ANSWERS: dict[Asked, tuple[Heard, ...]] = {
    Asked.QUANTITY: (
        said(Intent.UPDATE_CART, item(None, 2, "2"), text="two"),
        said(Intent.UPDATE_CART, item(None, "2.5", "2.5"), text="2.5"),
    ),
    Asked.PRODUCT: (
        said(Intent.SEARCH, item("milk")),
        said(Intent.SEARCH, item(None, mention="rice", candidates=("rice", "milk"))),
        said(Intent.SEARCH, item(None, mention="caviar")),
    ),
    Asked.AREA: (
        said(Intent.ASK_DELIVERY, area="Kamwokya", text="kamwokya"),
        said(Intent.ASK_DELIVERY, area="Ntin", text="ntin"),
        said(Intent.ASK_DELIVERY, area="Paris", text="paris"),
    ),
    Asked.LANDMARK: (said(Intent.OUT_OF_SCOPE, text="blue gate"),),
    Asked.PHONE: (said(Intent.OUT_OF_SCOPE, phone="+256772000001"),),
    Asked.YES_NO: (said(Intent.AFFIRM), said(Intent.DENY)),
    Asked.ORDER: (said(Intent.TRACK_ORDER, order=1001),),
    Asked.LANGUAGE: (said(Intent.CHANGE_LANGUAGE, locale_change="sw"),),
    Asked.REASON: (),
    Asked.CHOICE: (),
}


@dataclass
class Walked:
    """What a walk met: replies by state, and what was heard to get there."""

    replies: list[tuple[str, Heard, Reply]] = field(default_factory=list)
    states: set[str] = field(default_factory=set)
    talks: dict[str, Conversation] = field(default_factory=dict)


def starts(medium: str) -> Iterator[tuple[Conversation, Heard]]:
    """Fresh, in the middle of things, and with orders at several steps."""
    dial: Heard = Dialled() if medium == "ussd" else said(Intent.GREET)
    yield Conversation(FakeShop(), medium), dial
    busy = FakeShop()
    busy.cart.add("rice-5kg", 2)
    busy.cart.add("milk", 1)
    busy.orders.placed[1001] = an_order(1001, rail="mtn-momo", payer="+256772123456")
    busy.orders.placed[1002] = an_order(1002)
    yield Conversation(busy, medium), dial
    yield (
        Conversation(deepcopy(busy), medium),
        said(
            Intent.ADD_TO_CART, item(None, 2, "ri", candidates=("rice", "milk")), item("beans", 9)
        ),
    )
    yield Conversation(deepcopy(busy), medium), said(Intent.CANCEL_ORDER)
    done = FakeShop()
    done.orders.placed[1001] = an_order(1001, status=OrderStatus.DELIVERED)
    yield Conversation(done, medium), dial
    failed = FakeShop()
    failed.orders.placed[1001] = an_order(1001, rail="mtn-momo", payer="+256772123456")
    failed.payments.open(1001, "mtn-momo", "+256772123456")
    failed.payments.end(1001, AttemptStatus.FAILED)
    yield Conversation(failed, medium), said(Intent.PAID_ALREADY)


@cache
def walk(medium: str) -> Walked:
    """Breadth first. Two situations are one when the same state offers the same options."""
    walked = Walked()
    seen: set[object] = set()
    waiting = list(starts(medium))
    while waiting and len(seen) < 2000:
        talk, heard = waiting.pop(0)
        reply = talk.hear(heard)
        walked.replies.append((talk.state, heard, reply))
        walked.states.add(talk.state)
        walked.talks.setdefault(talk.state, talk)
        situation = (talk.state, talk.options, reply.asks, bool(talk.shop.cart.quantities))
        if situation in seen:
            continue
        seen.add(situation)
        answers = ANSWERS[reply.asks] if reply.asks else ()
        ways = [*(Choice(option) for option in talk.options), *answers]
        if medium == "ussd":
            ways += [Choice("back"), Choice("home"), Dialled(resumable=True)]
        for way in ways:
            waiting.append((deepcopy(talk), way))
    assert len(seen) < 2000, "the walk does not end"
    return walked


@pytest.mark.parametrize("medium", MEDIA)
def test_every_state_is_reached(medium: str) -> None:
    unreachable = set(customer.states) - walk(medium).states
    # Nobody dials but on USSD, and nobody can chat with the seller there.
    assert unreachable == ({"human"} if medium == "ussd" else {"resume"})


@pytest.mark.parametrize("medium", MEDIA)
def test_every_option_offered_is_taken(medium: str) -> None:
    for _, heard, reply in walk(medium).replies:
        assert not any(message.key == "older-choice" for message in reply.messages), heard


@pytest.mark.parametrize("medium", MEDIA)
def test_no_reply_is_a_dead_end(medium: str) -> None:
    for state, heard, reply in walk(medium).replies:
        goes_on = reply.menu or reply.asks or reply.ends or state == "human"
        assert goes_on, (state, heard)


@pytest.mark.parametrize("medium", MEDIA)
def test_no_reply_is_silent_or_offers_one_thing_twice(medium: str) -> None:
    for state, heard, reply in walk(medium).replies:
        assert reply.messages, (state, heard)
        ids = [option.id for option in reply.menu.options] if reply.menu else []
        assert len(ids) == len(set(ids)), (state, heard, ids)


@pytest.mark.parametrize("medium", MEDIA)
def test_whatever_is_said_in_any_state_is_answered(medium: str) -> None:
    heard: tuple[Heard, ...] = (
        *(said(intent) for intent in Intent),
        *(said(intent, item("milk", 2)) for intent in Intent),
        *(said(intent, confidence=0.55) for intent in Intent),
        Stale("Rice"),
        *(Attachment(kind) for kind in MediaKind),
        Dialled("12"),
        Dialled("99999"),
        Choice("nobody-knows-this"),
    )
    for state, talk in walk(medium).talks.items():
        for one in heard:
            fresh = deepcopy(talk)
            reply = fresh.hear(one)
            assert reply.messages or state == "human", (state, one)


def test_digits_are_quantities_where_a_quantity_is_asked() -> None:
    for medium in MEDIA:
        for state, _, reply in walk(medium).replies:
            if state == "quantity":
                assert reply.menu is None


def test_on_ussd_only_a_session_that_is_over_ends() -> None:
    for medium in ("whatsapp", "sms"):
        ended = {state for state, _, reply in walk(medium).replies if reply.ends}
        assert ended == set()
