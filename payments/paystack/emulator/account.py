"""Whom the emulated Paystack lets in, and whom it tells what happened."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """`webhook_url` is the one that a real account's dashboard keeps; None: nobody is told."""

    secret_key: str = field(repr=False)
    webhook_url: str | None = None
