"""The merchant's account at the emulated Flutterwave."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """`webhook_url` is what the merchant wrote into the dashboard, `webhook_hash` the secret beside it.
    `refund_calls`: Flutterwave tells of refunds only where it was asked to switch that on."""

    secret_key: str = field(repr=False)
    webhook_hash: str = field(repr=False)
    webhook_url: str
    refund_calls: bool = True
