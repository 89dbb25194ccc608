"""Flutterwave, API v3: a hosted page takes the money, transfers and refunds send it."""

from payments.flutterwave.rail import Flutterwave
from payments.flutterwave.settings import FlutterwaveSettings

__all__ = ["Flutterwave", "FlutterwaveSettings"]
