"""Stars for what was bought: asked for once, or given at any time."""

import re

from flows.customer.machine import customer
from flows.customer.options import BACK, BROWSE, HUMAN
from flows.customer.ordering import changes_besides
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message, verbatim
from flows.notices.ratings import stars_options
from flows.place import Step
from flows.ports.ratings import STARS, Rating
from flows.ports.refusals import Refusal
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.stars import read_stars
from intents.understanding import Asked, Understanding
from intents.wish import Wish

SKIP = Option("rating-done", Message("option-skip"))
NAMES = tuple(f"stars-{n}" for n in STARS)

# "5 very good", "4/5, late", "3 stars": the stars stand first.
_STARS = re.compile(r"\s*([1-5])(?:\s*/\s*5|\s*stars?)?(?:[\s,.:;!-]+(.*))?$", re.I | re.S)
# So many words say no more than the number of stars.
NO_WORDS = 2
# Words after which a figure is no number of goods.
ABOUT_STARS = (Intent.REVIEW, Intent.OUT_OF_SCOPE, Intent.THANKS, Intent.COMPLAIN)


@customer.state("rate")
class Rate:
    """How many stars for order `number`; 0: the last one that arrived."""

    def show(self, visit: Visit) -> Reply:
        number = visit.number("number")
        text = Message("rate-order", number=number) if number else Message("rate-last")
        back = (BACK,) if visit.place.trail else ()
        options = (*stars_options(number), *back)
        return visit.say(text, options=options, asks=Asked.CHOICE)


@customer.state("rating-words")
class RatingWords:
    """`stars` of order `number` are kept; words are welcome besides."""

    def show(self, visit: Visit) -> Reply:
        return visit.say(Message("rating-why"), options=(SKIP,), asks=Asked.REASON)

    @on(Asked.REASON, *ABOUT_STARS)
    def written(self, visit: Visit, heard: Understanding) -> Step:
        words = " ".join(heard.text.split())
        return _rate(visit, visit.number("number"), visit.number("stars"), words)

    @on("rating-done", Intent.DENY)
    def nothing_more(self, visit: Visit, _: Choice | Understanding) -> Step:
        return visit.home()


@customer.anywhere(*NAMES)
def chosen(visit: Visit, heard: Choice) -> Step:
    stars = int(heard.name.rpartition("-")[2])
    return _rate(visit, heard.number or 0, stars, "")


@customer.anywhere("rate", Intent.REVIEW)
def wants_to_rate(visit: Visit, heard: Choice | Understanding) -> Step:
    """With the stars in the message, or asked for them."""
    if isinstance(heard, Choice):
        return visit.go("rate", number=heard.number or 0)
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    said = _STARS.match(heard.text)
    if said is not None:
        return _rate(visit, heard.order or 0, int(said[1]), (said[2] or "").strip())
    in_words = read_stars(heard.text, (heard.locale, *visit.ports.shop.locales))
    if in_words is None or heard.order is not None:
        return visit.go("rate", number=heard.order or 0)
    words = " ".join(heard.text.split())
    return _rate(visit, 0, in_words, words if len(words.split()) > NO_WORDS else "")


@customer.first
def answers_the_question(visit: Visit, heard: Understanding) -> Step | None:
    """ "5 very good", while an order waits for its stars. Goods that were named are goods."""
    ratings, said = visit.ports.ratings, _STARS.match(heard.text)
    if ratings is None or said is None or not said[2] or heard.intent not in ABOUT_STARS:
        return None
    if any(item.sku or item.candidates for item in heard.items):
        return None
    number = ratings.asked()
    return _rate(visit, number, int(said[1]), said[2].strip()) if number is not None else None


@customer.anywhere("reviews", Wish.REVIEWS)
def reviews(visit: Visit, _: Choice | Understanding) -> Step:
    return visit.go("reviews")


@customer.state("reviews")
class Reviews:
    """What others think of the shop."""

    def show(self, visit: Visit) -> Reply:
        average, ratings = visit.ports.shop.rating, visit.ports.ratings
        if average is None or ratings is None:
            return visit.say(Message("reviews-few"), options=(BROWSE, HUMAN))
        told = Message(
            "reviews-average",
            count=average.count,
            shop=visit.ports.shop.name,
            average=average.written,
        )
        words = tuple(_quoted(rating) for rating in ratings.latest())
        lines = (Message("reviews-words", lines=words),) if words else ()
        return visit.say(told, *lines, options=(BROWSE, HUMAN))


def _quoted(rating: Rating) -> Message:
    return Message("review-line", stars=rating.stars, words=verbatim(rating.words))


def _rate(visit: Visit, number: int, stars: int, words: str) -> Step:
    ratings = visit.ports.ratings
    if ratings is None:
        return visit.home()
    rated = ratings.rate(number or None, stars, words)
    if isinstance(rated, Refusal):
        return visit.home(explain(rated))
    visit.ports.facts.record("rated", number=rated.number, stars=stars)
    thanks = Message("rating-thanks", stars=rated.stars, number=rated.number)
    if words:
        return visit.home(thanks)
    visit.note(thanks)
    return visit.go("rating-words", number=rated.number, stars=rated.stars)
