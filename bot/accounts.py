"""Whose request it is, and through whose account a message leaves."""

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.channel import Account
from channels.meta.app import app_account
from store.models import AddressRow

# No account has an id or a secret of other characters.
_PLAIN = re.compile(r"[!-~]{1,200}")
# What an address's own credentials are called in a shop file, by provider: (id, secret).
OWN = {"twilio": ("account_sid", "auth_token"), "africastalking": ("username", "api_key")}
# Which of them a request names, or proves that it knows.
CLAIMED = {"twilio": "account_sid", "africastalking": "webhook_secret", "meta": "app_secret"}


@dataclass(frozen=True, slots=True)
class Accounts:
    """The platform's accounts by provider, and the ones that lines bring with them.

    `urls` are the providers' base URLs, also for accounts of lines.
    """

    platform: Mapping[str, Account]
    urls: Mapping[str, str]

    def of(self, address: AddressRow) -> Account | None:
        """The account that an address belongs to; None where its provider is not set up."""
        return self._own(address) or self.platform.get(address.provider)

    def named(self, session: Session, provider: str, claim: str) -> Account | None:
        """The account that a request claims to come from: a Twilio AccountSid, the secret in an
        Africa's Talking path, or the app secret that has signed. None when there is no such account."""
        if not _PLAIN.fullmatch(claim):
            return None
        known = self.platform.get(provider)
        if known is not None and _same(claim, known.webhook_secret or known.id):
            return known
        address = _with_credential(session, provider, CLAIMED[provider], claim)
        return self.of(address) if address is not None else None

    def at(self, session: Session, provider: str, addresses: Sequence[str]) -> Sequence[Account]:
        """The accounts of their own that these addresses have: each may have signed a request that
        names them."""
        rows = session.scalars(
            select(AddressRow).where(
                AddressRow.provider == provider, AddressRow.address.in_(addresses)
            )
        )
        own = (self._own(row) for row in rows)
        return list(dict.fromkeys(account for account in own if account is not None))

    def own_token(self, session: Session, token: str) -> str | None:
        """The verify token of a line's own Meta app, where `token` is one."""
        if not _PLAIN.fullmatch(token):
            return None
        address = _with_credential(session, "meta", "verify_token", token)
        return str(address.credentials["verify_token"]) if address is not None else None

    def opens(self, account: Account, address: AddressRow) -> bool:
        """May a request that `account` has signed speak for this address?"""
        own = self.of(address)
        if own is None or not _same(own.id, account.id):
            return False
        return _same(own.webhook_secret or "", account.webhook_secret or "")

    def owns(self, account_id: str, address: AddressRow) -> bool:
        """Is this address of that account? Providers report on all of an account's addresses in one
        place, so a secret path of an address's own makes no difference here."""
        own = self.of(address)
        return own is not None and _same(own.id, account_id)

    def _own(self, address: AddressRow) -> Account | None:
        if address.provider == "meta":
            return self._own_app(address.credentials)
        names = OWN.get(address.provider)
        if names is None:
            return None
        identity, key = (address.credentials.get(name) for name in names)
        secret = address.credentials.get("webhook_secret")
        if identity and key:
            url = self.urls.get(address.provider, "")
            return Account(address.provider, identity, key, url, secret)
        platform = self.platform.get(address.provider)
        if secret and platform is not None:
            # The platform's account, under a path of the line's own: only that path opens it.
            return replace(platform, webhook_secret=secret)
        return None

    def _own_app(self, credentials: Mapping[str, str]) -> Account | None:
        """An app of its own, or another WhatsApp business account's token under the platform's app."""
        secret, token = credentials.get("app_secret"), credentials.get("access_token")
        platform = self.platform.get("meta")
        if secret and token:
            return app_account(secret, token, self.urls.get("meta", ""))
        return replace(platform, secret=token) if token and platform is not None else None


def _with_credential(session: Session, provider: str, key: str, value: str) -> AddressRow | None:
    return session.scalars(
        select(AddressRow)
        .where(
            AddressRow.provider == provider,
            AddressRow.credentials[key].as_string() == value,
        )
        .limit(1)
    ).first()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
