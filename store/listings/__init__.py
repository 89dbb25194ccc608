"""Goods of a supplier's shop in the shops of resellers: listed by reference, brought up to date when the
supplier changes them, and counted on the supplier's own shelf."""
