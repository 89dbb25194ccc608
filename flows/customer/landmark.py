"""How to find the door: kept as it is written."""

from dataclasses import replace

from flows.customer.checkout import proceed
from flows.customer.draft import draft_of
from flows.customer.machine import customer, elsewhere
from flows.customer.pins import pinned, point_of
from flows.heard import Attachment, Choice
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

LONGEST_LANDMARK = 200
# A description of so few words complains of nothing.
LONGEST_SHORT = 4

# What a description of a place is easily mistaken for ("blue gate, next to the rice shop").
PLACE_LIKE = (
    Intent.SEARCH,
    Intent.BROWSE,
    Intent.ASK_LOCATION,
    Intent.ASK_DELIVERY,
    Intent.ASK_AVAILABILITY,
    Intent.GREET,
)


@customer.state("landmark")
class Landmark:
    """What the rider looks for. May be left out."""

    def show(self, visit: Visit) -> Reply:
        profile = visit.ports.customer.profile()
        same_area = profile.area == visit.text("area")
        last = (
            (Option("same", Message("option-landmark-last", landmark=profile.landmark)),)
            if profile.landmark and same_area
            else ()
        )
        return visit.say(
            Message("landmark-ask", area=visit.text("area")),
            options=(*last, Option("skip", Message("option-skip"))),
            asks=Asked.LANDMARK,
        )

    @on(Asked.LANDMARK, *PLACE_LIKE)
    def written(self, visit: Visit, heard: Understanding) -> Step:
        words = " ".join(heard.text.split())[:LONGEST_LANDMARK]
        if not any(letter.isalnum() for letter in words):
            # Signs alone find no door, and an SMS to the rider may lose them.
            return visit.stay(Message("landmark-in-words"))
        return proceed(visit, replace(draft_of(visit), landmark=words))

    @on(Intent.COMPLAIN)
    def short_words(self, visit: Visit, heard: Understanding) -> Step:
        """ "At the gate" reads like the beginning of a complaint; a complaint takes more words."""
        if len(heard.text.split()) > LONGEST_SHORT:
            return elsewhere(visit, heard) or visit.stay()
        return self.written(visit, heard)

    @on("same", Intent.AFFIRM)
    def same(self, visit: Visit, _: Choice | Understanding) -> Step:
        last = visit.ports.customer.profile().landmark
        return proceed(visit, replace(draft_of(visit), landmark=last or ""))

    @on("skip", Intent.DENY)
    def skip(self, visit: Visit, _: Choice | Understanding) -> Step:
        return proceed(visit, replace(draft_of(visit), landmark=""))

    @on(Attachment)
    def shown(self, visit: Visit, heard: Attachment) -> Step:
        """The place on the map finds the door too."""
        point = point_of(visit, heard)
        if point is None:
            return visit.stay(Message("landmark-in-words"))
        return proceed(visit, pinned(visit, draft_of(visit), point))
