"""Coupons: whether one counts for a basket, what it takes off, and who has used it."""
