"""Paystack's made-up payers.

Source: Paystack documentation, "Test payments", Mobile Money: MTN Ghana 0551234987 and M-Pesa
254710000000 pay at once; Orange Cote d'Ivoire 0700000000 wants the code 1234.
"""

PAYS_AT_ONCE = frozenset({"+233551234987", "+254710000000"})
WANTS_CODE = "+2250700000000"
CODE = "1234"

# Networks whose holders are sent a code to hand to the merchant.
CODE_NETWORKS = frozenset({"orange", "vod"})
