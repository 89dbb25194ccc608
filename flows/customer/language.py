"""In which language the shop speaks to this customer."""

from flows.customer.machine import customer
from flows.heard import Choice
from flows.machine import on
from flows.message import Message, verbatim
from flows.place import Step
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@customer.state("language")
class Language:
    """The shop's languages, each by its own name."""

    def show(self, visit: Visit) -> Reply:
        names = visit.ports.languages.names(visit.ports.shop.locales)
        options = [Option(f"locale:{locale}", verbatim(name)) for locale, name in names]
        return visit.say(Message("language-ask"), options=options, asks=Asked.LANGUAGE)

    @on(Asked.LANGUAGE)
    def named(self, visit: Visit, heard: Understanding) -> Step:
        return _choose(visit, heard.locale_change or "")


@customer.anywhere("language", Intent.CHANGE_LANGUAGE)
def change_language(visit: Visit, heard: Choice | Understanding) -> Step:
    wanted = heard.locale_change if isinstance(heard, Understanding) else None
    return _choose(visit, wanted) if wanted else visit.go("language")


@customer.anywhere("locale")
def chosen(visit: Visit, heard: Choice) -> Step:
    return _choose(visit, heard.argument)


def _choose(visit: Visit, locale: str) -> Step:
    """Back to where one was, in the new language."""
    name = visit.ports.languages.name(locale) if locale else ""
    spoken = [known for known, _ in visit.ports.languages.names(visit.ports.shop.locales)]
    if locale not in spoken:
        visit.note(Message("language-not-here", language=name or locale))
        return visit.go("language") if len(spoken) > 1 else visit.stay()
    visit.ports.customer.choose_locale(locale)
    visit.locale = locale
    chosen_words = Message("language-chosen", language=name)
    if visit.place.spot.state == "language":
        return visit.back(chosen_words)
    return visit.stay(chosen_words)
