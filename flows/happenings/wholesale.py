"""Asking for wholesale prices, and the answer."""

from dataclasses import dataclass

from flows.ports.wholesale import Application


@dataclass(frozen=True, slots=True)
class WholesaleAsked:
    application: Application


@dataclass(frozen=True, slots=True)
class WholesaleGranted:
    application: Application


@dataclass(frozen=True, slots=True)
class WholesaleRefused:
    """`ended`: they had it until now. `reason` as the seller wrote it, or "" ."""

    application: Application
    reason: str
    ended: bool
