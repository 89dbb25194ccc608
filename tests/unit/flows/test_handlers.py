from flows.handlers import Handlers
from flows.heard import Heard
from flows.place import Place, Spot, Step
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked


def handler(_: Visit, __: Heard) -> Step:
    return Step(Place(Spot("home")), Reply())


def test_an_option_is_not_the_question_of_the_same_name() -> None:
    handlers = Handlers()
    handlers["area"] = handler
    handlers[Intent.SEARCH] = handler
    assert Asked.AREA not in handlers
    assert "search" not in handlers
    assert list(handlers) == ["area", Intent.SEARCH]
