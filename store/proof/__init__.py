"""The proof that the books are right: laws that hold in every one of them, told by one statement each.

All of it only reads, in one snapshot of the database, and keeps nothing but the first row that does not
fit. docs/money.md says the same laws in words.
"""

from store.proof.checking import Finding, Line, Proof, prove

__all__ = ["Finding", "Line", "Proof", "prove"]
