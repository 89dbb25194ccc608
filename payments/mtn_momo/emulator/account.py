"""Whom the emulated MTN lets in."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """The API user and the two products' subscription keys. `sandbox_rules` takes euros only, as MTN's
    sandbox does."""

    user: str
    secret: str = field(repr=False)
    collection_key: str = field(repr=False)
    disbursement_key: str | None = field(default=None, repr=False)
    sandbox_rules: bool = False
