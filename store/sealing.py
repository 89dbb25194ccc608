"""What the books ask of whoever keeps secrets: they hold what is sealed, and cannot open it."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from store.errors import StoreError


class NoKeyError(StoreError):
    """Nothing can be sealed: there is no key."""


class Vault(Protocol):
    """Seals and opens credentials. `owner` says whose they are ("sms twilio +256312000001"): what was
    sealed for one opens for no other. Thread-safe."""

    @property
    def has_key(self) -> bool:
        """Whether anything can be sealed at all."""

    @property
    def unopened(self) -> int:
        """How many owners' credentials were met that could not be opened."""

    def seal(self, values: Mapping[str, str], owner: str) -> str:
        """Raises NoKeyError."""

    def unseal(self, sealed: str, owner: str) -> Mapping[str, str] | None:
        """None when no key opens it, or it was sealed for somebody else."""

    def is_current(self, sealed: str) -> bool:
        """Whether the newest key opens it: then older ones are not needed for it."""

    def digest(self, secret: str) -> str:
        """By what a secret is found again without being kept: HMAC-SHA256 in hexadecimal, by the
        newest key. Raises NoKeyError."""

    def digests(self, secret: str) -> Sequence[str]:
        """What `digest` may have said of it, for every key that is known."""


class NoVault:
    """For books in which nobody brings credentials of their own."""

    has_key = False

    def __init__(self) -> None:
        self._unopened: set[str] = set()

    @property
    def unopened(self) -> int:
        return len(self._unopened)

    def seal(self, values: Mapping[str, str], owner: str) -> str:
        raise NoKeyError(f"{owner} brings credentials, and there is no key to seal them with")

    def unseal(self, sealed: str, owner: str) -> Mapping[str, str] | None:
        self._unopened.add(owner)
        return None

    def is_current(self, sealed: str) -> bool:
        return False

    def digest(self, secret: str) -> str:
        raise NoKeyError("there is no key to make a digest with")

    def digests(self, secret: str) -> Sequence[str]:
        return ()
