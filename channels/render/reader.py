"""Whom a text is written for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """`timezone` is an IANA name. `role` is "customer", "seller" or "rider".

    `gsm_only`: the shop does not pay for UCS-2 segments, so in its SMS letters that GSM-7 lacks are
    written with those it has.
    """

    locale: str
    timezone: str
    role: str
    gsm_only: bool = True
