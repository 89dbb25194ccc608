"""Paystack: links to its pay page, and charges of Mobile Money wallets."""

from payments.paystack.rail import Paystack
from payments.paystack.settings import PaystackSettings

__all__ = ["Paystack", "PaystackSettings"]
