"""What a provider's error code means: one row of a provider's table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """`permanent`: trying the same message again changes nothing. `meaning` is for the shop's staff.

    A fault of the account rather than of the message (no balance, a wrong key) is not permanent: it may
    be mended while the message is still wanted.
    """

    permanent: bool
    meaning: str
