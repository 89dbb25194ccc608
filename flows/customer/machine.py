"""The machine of customers, on which every state module registers itself."""

from flows.heard import Heard
from flows.machine import Machine
from flows.place import Step
from flows.visit import Visit
from intents.understanding import Understanding

customer = Machine("customer", home="home")


def elsewhere(visit: Visit, heard: Heard) -> Step | None:
    """What an understanding does in every state, for a state that asked for something else."""
    if not isinstance(heard, Understanding):
        return None
    handler = customer.everywhere.get(heard.intent)
    return handler(visit, heard) if handler else None
