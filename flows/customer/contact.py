"""A number to call: for those whose phone number WhatsApp does not show."""

from flows.customer.certainty import turns_away
from flows.customer.checkout import proceed
from flows.customer.draft import draft_of
from flows.customer.machine import customer, elsewhere
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.reply import Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding


@customer.state("contact")
class Contact:
    """Whom the rider and the shop call. It is only that: who the customer is stays as it was."""

    def show(self, visit: Visit) -> Reply:
        return visit.say(Message("contact-ask", shop=visit.ports.shop.name), asks=Asked.PHONE)

    @on(Asked.PHONE)
    def given(self, visit: Visit, heard: Understanding) -> Step:
        phone = heard.phone or ""
        visit.ports.customer.keep_contact(phone)
        return proceed(visit.note(Message("contact-kept", phone=phone)), draft_of(visit))

    @on(Intent.DENY)
    def none(self, visit: Visit, _: Understanding) -> Step:
        """ "I have none here": without a number nobody can be called."""
        return visit.stay(Message("hint-phone"))

    @on(Understanding)
    def no_number(self, visit: Visit, heard: Understanding) -> Step:
        if turns_away(heard) and (away := elsewhere(visit, heard)) is not None:
            return away
        return visit.stay(Message("hint-phone"))
