"""How much one person, or one of our addresses, may ask of the server: more is put aside or put off, and
never lost. Read in order: `verdict`, `gate`, and where it counts, `in_redis` and `in_books`."""

from bot.limits.gate import Limits
from bot.limits.verdict import Allowances, Verdict, Visit

__all__ = ["Allowances", "Limits", "Verdict", "Visit"]
