"""Airtel Money: the Open API's Collection, Disbursement and KYC products."""

from payments.airtel.rail import Airtel
from payments.airtel.settings import AirtelSettings

__all__ = ["Airtel", "AirtelSettings"]
