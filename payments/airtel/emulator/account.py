"""Whom the emulated Airtel lets in, and how it is set up for them."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Account:
    """One application of the developer portal. `callback_url` is where it is called back, `webhook_secret`
    signs that; None: callbacks are not authenticated. `pin` is the account's for disbursements, which
    `private_key` opens; without the key any sealed PIN will do."""

    client_id: str
    client_secret: str = field(repr=False)
    callback_url: str | None = None
    webhook_secret: str | None = field(default=None, repr=False)
    pin: str | None = field(default=None, repr=False)
    private_key: RSAPrivateKey | None = field(default=None, repr=False)
