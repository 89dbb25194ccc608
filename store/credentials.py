"""The credentials that lines and shops bring with them: sealed in their rows, with as much beside the
seal as it takes to find an account again.

Rows that an earlier version wrote hold them in plain until `keys rotate` has sealed them.
"""

from collections.abc import Mapping

from store.models import AddressRow, ShopRow
from store.sealing import Vault

# Which of them names the account in every request, and which is found by its digest.
NAMES = {"twilio": "account_sid", "africastalking": "username"}
CLAIMS = {"africastalking": "webhook_secret", "meta": "verify_token"}
# Before the claim of a row whose credentials are not sealed yet.
PLAIN = "plain:"


def of_address(vault: Vault, row: AddressRow) -> Mapping[str, str] | None:
    """What this address brings, empty when nothing; None when it cannot be opened."""
    if row.sealed is None:
        return row.credentials
    return vault.unseal(row.sealed, row.owner_name)


def of_shop(vault: Vault, row: ShopRow) -> Mapping[str, str] | None:
    """What this shop brings for its rails, empty when nothing; None when it cannot be opened."""
    if row.sealed is None:
        plain: Mapping[str, str] = row.settings.get("payments", {}).get("credentials", {})
        return plain
    return vault.unseal(row.sealed, row.owner_name)


def give_address(vault: Vault, row: AddressRow, values: Mapping[str, str]) -> bool:
    """Make these the address's own; True when it had others. Raises NoKeyError."""
    known = of_address(vault, row)
    if known != values or (values and row.sealed is None):
        seal_address(vault, row, values)
    return known != values


def give_shop(vault: Vault, row: ShopRow, values: Mapping[str, str]) -> bool:
    """Make these the shop's own; True when it had others. Raises NoKeyError."""
    known = of_shop(vault, row)
    if known != values or (values and row.sealed is None):
        seal_shop(vault, row, values)
    return known != values


def seal_address(vault: Vault, row: AddressRow, values: Mapping[str, str]) -> None:
    """Under the newest key. Raises NoKeyError, and has then changed nothing."""
    claim = values.get(CLAIMS.get(row.provider, ""))
    sealed = vault.seal(values, row.owner_name) if values else None
    row.claim = vault.digest(claim) if claim else None
    row.account_id = values.get(NAMES.get(row.provider, ""))
    row.sealed, row.credentials = sealed, {}


def seal_shop(vault: Vault, row: ShopRow, values: Mapping[str, str]) -> None:
    """Under the newest key. Raises NoKeyError, and has then changed nothing."""
    row.sealed = vault.seal(values, row.owner_name) if values else None
    payments = row.settings.get("payments", {})
    if payments.get("credentials"):
        row.settings = {**row.settings, "payments": {**payments, "credentials": {}}}
