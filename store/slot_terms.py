"""A shop's terms of windows of time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlotTerms:
    """Each window is `length` minutes long, and can be had until `lead` minutes before it begins, today and
    on the `days` after it. `most` orders fit into one. Riders are asked `ahead` minutes before."""

    length: int = 120
    lead: int = 60
    most: int = 10
    days: int = 1
    ahead: int = 45
