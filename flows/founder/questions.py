"""What is asked before a shop is opened, one thing at a time; "back" goes to the question before."""

from dataclasses import replace

from flows.founder.role import founder, told
from flows.heard import Attachment, Heard, MediaKind
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.listing import read_listing
from intents.understanding import Asked, Understanding
from intents.visible import visible

SHORTEST, LONGEST_NAME, LONGEST = 2, 40, 80
LATER = Option("later", Message("founder-option-later"))


def _said(heard: Understanding, longest: int) -> str | None:
    """The words, or None where they cannot be meant."""
    words = visible(heard.text)
    fits = SHORTEST <= len(words) <= longest and any(sign.isalpha() for sign in words)
    return words if fits else None


def _taken(visit: Visit, heard: Understanding, name: str, state: str, longest: int) -> Step:
    """The words as the answer called `name`, and on to `state`; else the question once more."""
    words = _said(heard, longest)
    if words is None:
        return visit.stay(Message("founder-too-long"))
    return onward(visit, state, **{name: words})


@founder.state("found-name")
class Name:
    def show(self, visit: Visit) -> Reply:
        return visit.say(Message("founder-name-ask"), asks=Asked.REASON)

    @on(Asked.REASON)
    def named(self, visit: Visit, heard: Understanding) -> Step:
        return _taken(visit, heard, "name", "found-goods", LONGEST_NAME)


@founder.state("found-goods")
class Goods:
    def show(self, visit: Visit) -> Reply:
        return visit.say(Message("founder-goods-ask", name=told(visit).name), asks=Asked.REASON)

    @on(Asked.REASON)
    def goods(self, visit: Visit, heard: Understanding) -> Step:
        return _taken(visit, heard, "goods", "found-place", LONGEST_NAME)


@founder.state("found-place")
class Place:
    def show(self, visit: Visit) -> Reply:
        return visit.say(Message("founder-place-ask"), asks=Asked.REASON)

    @on(Asked.REASON)
    def place(self, visit: Visit, heard: Understanding) -> Step:
        return _taken(visit, heard, "place", "found-owner", LONGEST)


@founder.state("found-owner")
class Owner:
    """In whose name the wallet is that the shop is paid out to: the seller's own phone."""

    def show(self, visit: Visit) -> Reply:
        phone = visit.ports.customer.profile().phone or ""
        return visit.say(Message("founder-owner-ask", phone=phone), asks=Asked.REASON)

    @on(Asked.REASON)
    def owner(self, visit: Visit, heard: Understanding) -> Step:
        return _taken(visit, heard, "owner", "found-first", LONGEST_NAME)


@founder.state("found-first")
class First:
    """The first thing to sell, in words or under a picture. It can wait."""

    def show(self, visit: Visit) -> Reply:
        return visit.say(Message("founder-first-ask"), options=(LATER,), asks=Asked.REASON)

    @on(Asked.REASON)
    def listed(self, visit: Visit, heard: Understanding) -> Step:
        return _listed(visit, heard.text)

    @on(Attachment)
    def pictured(self, visit: Visit, heard: Attachment) -> Step:
        return _listed(
            visit, heard.caption, heard.media if heard.kind is MediaKind.PICTURE else None
        )

    @on("later")
    def later(self, visit: Visit, _: Heard) -> Step:
        return onward(visit, "found-sure", first="", picture="")


def _listed(visit: Visit, text: str, picture: str | None = None) -> Step:
    if read_listing(text, visit.ports.shop.locales) is None:
        return visit.stay(Message("founder-first-unclear"))
    return onward(visit, "found-sure", first=text[: LONGEST * 2], picture=picture or "")


def onward(visit: Visit, state: str, **said: str) -> Step:
    """To the next question, or where all is known back to the last one. The answer stands also where
    "back" leads."""
    known = replace(told(visit), **said)
    spot = replace(visit.place.spot, data={**visit.data, **known.data()})
    visit.place = replace(visit.place, spot=spot)
    changing = visit.text("changing") == "yes"
    return visit.swap("found-sure", **known.data()) if changing else visit.go(state, **known.data())
