"""Whose request it is, and through whose account a message leaves."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.channel import Account
from store.models import AddressRow

# No account has an id or a secret of other characters.
_PLAIN = re.compile(r"[!-~]{1,200}")
# What an address's own credentials are called in a shop file, by provider: (id, secret).
OWN = {"twilio": ("account_sid", "auth_token"), "africastalking": ("username", "api_key")}


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
        """The account that a request claims to come from: a Twilio AccountSid, or the secret in an
        Africa's Talking path. None when there is no such account."""
        if not _PLAIN.fullmatch(claim):
            return None
        known = self.platform.get(provider)
        if known is not None and _same(claim, known.webhook_secret or known.id):
            return known
        key = "webhook_secret" if provider == "africastalking" else OWN[provider][0]
        address = session.scalars(
            select(AddressRow)
            .where(
                AddressRow.provider == provider,
                AddressRow.credentials[key].as_string() == claim,
            )
            .limit(1)
        ).first()
        return self.of(address) if address is not None else None

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


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
