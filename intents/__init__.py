"""What people write, made into what they mean. Pure: no Flask, no database, no network, no clock."""

from intents.engine import load, understand

__all__ = ["load", "understand"]
