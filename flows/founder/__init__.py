"""How people open a shop: the machine that speaks on the platform's own lines."""

from flows.founder import door, questions, sure
from flows.founder.role import founder

__all__ = ["door", "founder", "questions", "sure"]
