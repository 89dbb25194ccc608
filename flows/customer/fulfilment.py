"""How the goods reach the customer."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flows.customer.checkout import proceed
from flows.customer.draft import draft_of
from flows.customer.machine import customer, elsewhere
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.place import Step
from flows.ports.delivery import DeliveryOption, Fulfilment
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.understanding import Asked, Understanding

LABELS: Mapping[Fulfilment, Callable[[Message], Message]] = {
    Fulfilment.PICKUP: lambda fee: Message("fulfilment-pickup", fee=fee),
    Fulfilment.STANDARD: lambda fee: Message("fulfilment-standard", fee=fee),
    Fulfilment.EXPRESS: lambda fee: Message("fulfilment-express", fee=fee),
}


def fee_words(option: DeliveryOption) -> Message:
    if option.varies:
        return Message("price-from", price=option.fee)
    return Message("price-only", price=option.fee) if option.fee else Message("price-free")


def label(option: DeliveryOption) -> Message:
    """The kind with its fee: the fee is what people choose by."""
    return LABELS[option.kind](fee_words(option))


@customer.state("fulfilment")
class ChooseFulfilment:
    def show(self, visit: Visit) -> Reply:
        goods = visit.ports.cart.read().subtotal
        options = [
            Option(way.kind.value, label(way), _eta(way))
            for way in visit.ports.delivery.options(goods)
        ]
        return visit.say(Message("fulfilment-ask"), options=options, asks=Asked.CHOICE)

    @on(*(kind.value for kind in Fulfilment))
    def choose(self, visit: Visit, heard: Choice) -> Step:
        offered = {option.kind for option in visit.ports.delivery.options()}
        kind = Fulfilment(heard.id)
        if kind not in offered:
            return visit.stay(Message("older-choice"))
        return proceed(visit, replace(draft_of(visit), kind=kind))

    @on(Asked.AREA)
    def named_a_place(self, visit: Visit, heard: Understanding) -> Step:
        """ "Bring it to Kololo": the usual delivery, to there."""
        found = visit.ports.delivery.find(heard.area or "")
        brought = [w.kind for w in visit.ports.delivery.options() if w.kind != Fulfilment.PICKUP]
        if len(found) != 1 or not brought:
            return elsewhere(visit, heard) or visit.stay()
        return proceed(visit, replace(draft_of(visit), kind=brought[0]).at(found[0]))


def _eta(option: DeliveryOption) -> Message | None:
    return Message("fulfilment-eta", eta=option.eta) if option.eta else None
