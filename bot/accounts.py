"""Whose request it is, and through whose account a message leaves."""

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from channels.channel import Account, Inbound, Incoming
from channels.meta.app import app_account
from store.credentials import PLAIN, of_address
from store.models import AddressRow
from store.sealing import NoVault, Vault
from store.transaction import Sessions, run

# No account has an id or a secret of other characters.
_PLAIN = re.compile(r"[!-~]{1,200}")
# What an address's own credentials are called in a shop file, by provider: (id, secret).
OWN = {"twilio": ("account_sid", "auth_token"), "africastalking": ("username", "api_key")}
PLATFORM = "platform"
# Neither numbers nor user ids have it.
SCOPE = "/"


@dataclass(frozen=True, slots=True)
class Accounts:
    """The platform's accounts by provider, and the ones that lines bring with them.

    `urls` are the providers' base URLs, also for accounts of lines. `vault` opens what lines bring.
    """

    platform: Mapping[str, Account]
    urls: Mapping[str, str]
    vault: Vault = field(default_factory=NoVault)

    def of(self, address: AddressRow) -> Account | None:
        """The account that an address belongs to; None where its provider is not set up, or its own
        credentials cannot be opened: the platform's account never stands in for another."""
        credentials = of_address(self.vault, address)
        if credentials is None:
            return None
        return self._own(address, credentials) or self.platform.get(address.provider)

    def named(self, session: Session, provider: str, claim: str) -> Sequence[Account]:
        """The accounts that a request may come from: those with the Twilio AccountSid that it names, or
        with the secret in an Africa's Talking path. Several where lines disagree on an account's token:
        then the one that has signed counts. No statement for the platform's."""
        if not _PLAIN.fullmatch(claim):
            return ()
        known = self._platforms_own(provider, claim)
        if known is not None:
            return (known,)
        found = self._account_is(claim) if provider == "twilio" else self._claim_is(claim)
        return self._accounts(session, provider, found)

    def claimed(self, sessions: Sessions, provider: str, claim: str) -> Sequence[Account]:
        """The same, without so much as a transaction for the platform's."""
        known = self._platforms_own(provider, claim)
        if known is not None:
            return (known,)
        return run(sessions, lambda session: self.named(session, provider, claim))

    def _platforms_own(self, provider: str, claim: str) -> Account | None:
        known = self.platform.get(provider)
        if known is None or not _PLAIN.fullmatch(claim):
            return None
        return known if same(claim, known.webhook_secret or known.id) else None

    def at(self, session: Session, provider: str, addresses: Sequence[str]) -> Sequence[Account]:
        """The accounts of their own that these addresses have: each may have signed a request that
        names them."""
        accounts = self._accounts(session, provider, AddressRow.address.in_(addresses))
        return [account for account in accounts if account.owner is not None]

    def own_token(self, session: Session, token: str) -> str | None:
        """The verify token of a line's own Meta app, where `token` is one."""
        if not _PLAIN.fullmatch(token):
            return None
        for row in session.scalars(_rows("meta", self._claim_is(token))):
            own = of_address(self.vault, row) or {}
            if same(token, own.get("verify_token", "")):
                return token
        return None

    def opens(self, account: Account, address: AddressRow) -> bool:
        """May a request that `account` has signed speak for this address? Whoever writes another's id
        beside a secret of their own may not."""
        own = self.of(address)
        return own is not None and same(own.id, account.id) and same(own.proof, account.proof)

    def owns(self, account_id: str, address: AddressRow) -> bool:
        """Is this address of that account? Providers report on all of an account's addresses in one
        place, so a secret path of an address's own makes no difference here."""
        own = self.of(address)
        return own is not None and same(own.id, account_id)

    def again(self, session: Session, provider: str, claim: str) -> Account | None:
        """The account of which `claim_of` said `claim`; None when it is there no more."""
        owner, known_by_row, account_id = claim.partition("/")
        if not known_by_row:
            # Kept by an earlier version, which wrote down what the request claimed.
            return next(iter(self.named(session, provider, claim)), None)
        if owner == PLATFORM:
            known = self.platform.get(provider)
        else:
            wanted = _rows(provider, AddressRow.id == _key(owner))
            row = session.scalars(wanted).first()
            known = self.of(row) if row is not None else None
        return known if known is not None and same(known.id, account_id) else None

    def _accounts(
        self, session: Session, provider: str, wanted: ColumnElement[bool]
    ) -> Sequence[Account]:
        accounts = (self.of(row) for row in session.scalars(_rows(provider, wanted)))
        return list(dict.fromkeys(account for account in accounts if account is not None))

    def _account_is(self, account_id: str) -> ColumnElement[bool]:
        return AddressRow.account_id == account_id

    def _claim_is(self, secret: str) -> ColumnElement[bool]:
        return AddressRow.claim.in_([*self.vault.digests(secret), PLAIN + secret])

    def _own(self, address: AddressRow, given: Mapping[str, str]) -> Account | None:
        if address.provider == "meta":
            return self._own_app(address, given)
        names = OWN.get(address.provider)
        if names is None:
            return None
        owner = str(address.id)
        identity, key = (given.get(name) for name in names)
        secret = given.get("webhook_secret")
        if identity and key:
            url = self.urls.get(address.provider, "")
            return Account(address.provider, identity, key, url, secret, owner)
        platform = self.platform.get(address.provider)
        if secret and platform is not None:
            # The platform's account, under a path of the line's own: only that path opens it.
            return replace(platform, webhook_secret=secret, owner=owner)
        return None

    def _own_app(self, address: AddressRow, given: Mapping[str, str]) -> Account | None:
        """An app of its own, or another WhatsApp business account's token under the platform's app."""
        secret, token = given.get("app_secret"), given.get("access_token")
        owner, platform = str(address.id), self.platform.get("meta")
        if secret and token:
            app = app_account(secret, token, self.urls.get("meta", ""))
            return replace(app, owner=owner)
        if token and platform is not None:
            return replace(platform, secret=token, owner=owner)
        return None


def claim_of(account: Account) -> str:
    """By what `Accounts.again` finds an account, without a secret: whose it is, and its id."""
    return f"{account.owner or PLATFORM}/{account.id}"


def as_known_to(account: Account, told: Incoming) -> Incoming:
    """What an account says, with its names for people told from everybody else's. A WhatsApp user id is
    one business's own: what a line's account says of one must hold for nobody at other shops."""
    if account.owner is None or not isinstance(told, Inbound) or told.sender.user_id is None:
        return told
    scoped = f"{account.id}{SCOPE}{told.sender.user_id}"
    return replace(told, sender=replace(told.sender, user_id=scoped))


def as_told(recipient: str) -> str:
    """A phone number or user id as the account itself knows it."""
    return recipient.rpartition(SCOPE)[2]


def same(one: str, other: str) -> bool:
    """Compared in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def _rows(provider: str, wanted: ColumnElement[bool]) -> Select[AddressRow]:
    return select(AddressRow).where(AddressRow.provider == provider, wanted).order_by(AddressRow.id)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
