"""Sending money: refunds and payouts, with the same care as taking it."""
