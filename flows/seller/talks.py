"""REPLY and BOT: the seller speaks with a customer in person, and gives the talk back."""

from collections.abc import Sequence

from flows.heard import Choice
from flows.machine import on
from flows.message import Message, verbatim
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.ports.trade import Talk
from flows.reply import Option, Reply
from flows.seller.addressee import Addressee, addressee
from flows.seller.refused import refused
from flows.seller.role import run, seller, tell, trade
from flows.visit import Visit
from intents.command import Command, Word
from intents.intent import Intent
from intents.understanding import Asked, Understanding

ANSWER = "answer"
GIVE_BACK = "give-back"


def who(talk: Talk) -> Message:
    """A customer as the seller knows them."""
    name = talk.name or talk.phone or "-"
    if talk.order_number is None:
        return verbatim(name)
    return Message("who-with-order", who=name, number=talk.order_number)


def reply_hint(talk: Talk) -> Message:
    """How to answer somebody who waits."""
    address = str(talk.order_number or talk.phone or "")
    if not address:
        return Message("somebody-waits", who=who(talk))
    return Message("reply-hint", who=who(talk), address=address)


@seller.anywhere(Word.REPLY)
def reply(visit: Visit, command: Command) -> Step:
    to = addressee(command, trade(visit).talks(), visit.ports.shop.country)
    if to.number is not None and trade(visit).find(to.number) is not None:
        return _to_order(visit, to)
    if to.talk is not None:
        return _to_person(visit, to.talk, to.words)
    return _ask_whom(visit, to, ANSWER)


def _to_order(visit: Visit, to: Addressee) -> Step:
    number = to.number or 0
    if not to.words:
        return visit.go("answer", number=number)
    done = trade(visit).answer(number, to.words)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("done-reply", address=str(number)))


def _to_person(visit: Visit, talk: Talk, words: str) -> Step:
    if not words:
        return visit.go("answer", person=talk.person)
    trade(visit).answer_person(talk.person, words)
    address = str(talk.order_number or talk.phone or "")
    return tell(visit, Message("done-reply", address=address) if address else Message("done-sent"))


@seller.anywhere(Word.BOT)
def give_back(visit: Visit, command: Command) -> Step:
    """The bot talks to the customer again."""
    to = addressee(command, trade(visit).talks(), visit.ports.shop.country)
    if to.talk is not None:
        trade(visit).give_back_person(to.talk.person)
        return tell(visit, Message("done-bot", who=who(to.talk)))
    if to.number is None:
        return _ask_whom(visit, to, GIVE_BACK)
    done = trade(visit).give_back(to.number)
    if isinstance(done, Refusal):
        return refused(visit, done)
    return tell(visit, Message("done-bot", who=verbatim(str(to.number))))


def _ask_whom(visit: Visit, to: Addressee, act: str) -> Step:
    """Several wait, or nobody of that number does."""
    talks = trade(visit).talks()
    asked = _whom(to)
    if not talks:
        return tell(visit, asked or Message("nobody-waits"))
    words = f":{to.words}" if to.words and act == ANSWER else ""
    options = tuple(Option(f"{act}:{talk.person}{words}", who(talk)) for talk in talks)
    return tell(visit, *filter(None, (asked,)), Message("desk-which-customer"), options=options)


def _whom(to: Addressee) -> Message | None:
    if to.number is not None:
        return Message("seller-unknown-order", number=to.number)
    if to.phone is not None:
        return Message("no-such-customer", phone=to.phone)
    return None


@seller.anywhere(ANSWER, GIVE_BACK)
def chosen_customer(visit: Visit, choice: Choice) -> Step:
    """One of those who wait, with the words that were written already, or without."""
    person, _, words = choice.argument.partition(":")
    talk = _waiting(trade(visit).talks(), person)
    if talk is None:
        return tell(visit, Message("nobody-waits"))
    if choice.name == ANSWER:
        return _to_person(visit, talk, words)
    trade(visit).give_back_person(person)
    return tell(visit, Message("done-bot", who=who(talk)))


def _waiting(talks: Sequence[Talk], person: str) -> Talk | None:
    return next((talk for talk in talks if talk.person == person), None)


@seller.state("answer")
class Answer:
    """Whatever is written next goes to the customer, but words with their number stay words."""

    def show(self, visit: Visit) -> Reply:
        return visit.say(
            Message("desk-what-to-say"),
            options=(Option("home", Message("trade-no")),),
            asks=Asked.REASON,
        )

    @on(Understanding, *Asked, *Intent)
    def send(self, visit: Visit, heard: Understanding) -> Step:
        return self._send(visit, heard.text)

    @on(Word.OK, Word.NO, Word.READY)
    def plain(self, visit: Visit, command: Command) -> Step:
        if command.exact or command.number is not None:
            return run(visit, command)
        return self._send(visit, command.word.lower())

    def _send(self, visit: Visit, words: str) -> Step:
        number = visit.number("number")
        if number:
            return _to_order(visit, Addressee(number=number, words=words))
        talk = _waiting(trade(visit).talks(), visit.text("person"))
        if talk is None:
            return tell(visit, Message("nobody-waits"))
        return _to_person(visit, talk, words)
