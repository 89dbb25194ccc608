"""MTN Mobile Money: the MoMo Open API's Collections and Disbursements."""

from payments.mtn_momo.rail import MtnMomo
from payments.mtn_momo.settings import MtnSettings

__all__ = ["MtnMomo", "MtnSettings"]
