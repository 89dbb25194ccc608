"""Holding the books against the providers, and what a person decides."""
