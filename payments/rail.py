"""What every rail is, and the ones that this server and each shop can use."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from flows.ports.payments import Fit, NextStep, Way
from payments.charge import (
    Callback,
    Charge,
    Limits,
    PayoutRequest,
    RailStatus,
    Reason,
    RefundRequest,
    Submission,
)
from payments.taking.health import Health
from store.credentials import of_shop
from store.models import ShopRow
from store.sealing import NoVault, Vault
from store.terms import terms_of

# Shops that bring credentials of their own; the least recently used are made anew when needed.
MOST_OWN_RAILS = 1024


class Ability(StrEnum):
    """What not every rail can do, or not with the credentials that it was given."""

    REFUND = "refund"
    PART_REFUND = "part-refund"
    PAYOUT = "payout"
    HOLDER_NAME = "holder-name"


class Rail(Protocol):
    """A way to pay. Methods that touch the network are thread-safe and never touch the database."""

    @property
    def name(self) -> str:
        """As a shop file and an order name it: "mtn-momo", "cash"."""

    @property
    def way(self) -> Way:
        """What the customer does."""

    @property
    def window(self) -> timedelta:
        """How long the wallet's holder may take to approve, counted from the request."""

    @property
    def reasons(self) -> Mapping[str, Reason]:
        """Every code of the provider's that we know of."""

    def in_country(self, country: str) -> "Rail":
        """The same account as a shop of this country (ISO 3166) sees it: most are alike everywhere, but
        with some the way, the window and the wallets are the country's."""

    def serves(self, country: str, currency: str) -> bool:
        """Whether a shop of this country (ISO 3166) can take this currency by it."""

    def fit(self, phone: str) -> Fit:
        """Whether this E.164 number can have a wallet here, as far as its prefix tells."""

    def limits(self, currency: str) -> Limits:
        """What it takes at once."""

    def can(self, ability: Ability) -> bool: ...

    def request(self, charge: Charge) -> Submission:
        """Ask for money. The same reference again is never a second charge. Raises PaymentError."""

    def submit_code(self, charge: Charge, code: str) -> Submission:
        """Hand on the one-time code that a Submission wanted. Raises PaymentError."""

    def status(self, reference: UUID) -> RailStatus:
        """Ask the provider about a charge. Raises PaymentError."""

    def status_of(self, reference: UUID, provider_id: str | None) -> RailStatus:
        """The same, of a provider that knows charges by ids of its own alone: that which the Submission
        named, None where its answer was lost. Raises PaymentError."""

    def refund(self, refund: RefundRequest) -> Submission:
        """Give money back; the same reference again is never a second refund. Raises PaymentError."""

    def refund_status(self, refund: RefundRequest) -> RailStatus:
        """Ask the provider about a refund. Raises PaymentError."""

    def payout(self, payout: PayoutRequest) -> Submission:
        """Send money; the same reference again is never a second payout. Raises PaymentError."""

    def payout_status(self, payout: PayoutRequest) -> RailStatus:
        """Ask the provider about a payout. Raises PaymentError."""

    def holder_name(self, phone: str) -> str | None:
        """Whose wallet this E.164 number's is; None where nobody's. Raises PaymentError."""

    def read_callback(self, path: str, headers: Mapping[str, str], body: bytes) -> Callback | None:
        """What a provider's call is about; None where it is not signed as it must be. `path` is what
        follows the webhook's own URL; `headers` are found in any case. Never raises: what cannot be
        read is about nothing of ours."""

    def next_step(self, code: str | None) -> NextStep:
        """What a person can do after a payment ended with this code."""


RailFactory = Callable[[Mapping[str, str]], "Rail | None"]


class Rails:
    """The platform's configured rails, and per shop those made from its own credentials.

    A rail whose credentials are missing is simply not in `platform`. `factories` make a rail from a
    shop's credentials (the keys of its [payments.credentials] table) laid over the platform's. A shop
    whose credentials cannot be opened has no such rail: its money must not go to the platform. `health`
    is theirs, as this process knows it.
    """

    def __init__(
        self,
        platform: Mapping[str, Rail],
        factories: Mapping[str, RailFactory] | None = None,
        vault: Vault | None = None,
    ) -> None:
        self._platform = dict(platform)
        self._vault = vault or NoVault()
        self._factories = dict(factories or {})
        self.health = Health()
        self._own: OrderedDict[tuple[str, frozenset[tuple[str, str]]], Rail | None] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def vault(self) -> Vault:
        """What opens the shops' credentials, and keeps what must not stand in the books."""
        return self._vault

    def platform(self, name: str) -> Rail | None:
        """A rail by its name, with the platform's credentials."""
        return self._platform.get(name)

    def for_shop(self, shop: ShopRow) -> Mapping[str, Rail]:
        """The rails that this shop takes, in the order of its file, as far as they are set up and
        serve its country and currency."""
        found: dict[str, Rail] = {}
        for name in terms_of(shop).rails:
            rail = self.at(shop, name)
            if rail is not None and rail.serves(shop.country, shop.currency):
                found[name] = rail
        return found

    def at(self, shop: ShopRow, name: str) -> Rail | None:
        """The rail that an attempt of this shop went through, though the shop may have dropped it."""
        rail = self._of(shop, name)
        return rail.in_country(shop.country) if rail else None

    def _of(self, shop: ShopRow, name: str) -> Rail | None:
        if name not in self._factories:
            return self._platform.get(name)
        credentials = of_shop(self._vault, shop)
        if credentials is None:
            return None
        return self._own_rail(name, credentials) or self._platform.get(name)

    def _own_rail(self, name: str, credentials: Mapping[str, str]) -> Rail | None:
        if not credentials:
            return None
        key = (name, frozenset(credentials.items()))
        with self._lock:
            if key not in self._own:
                self._own[key] = self._factories[name](credentials)
            self._own.move_to_end(key)
            while len(self._own) > MOST_OWN_RAILS:
                self._own.popitem(last=False)
            return self._own[key]
