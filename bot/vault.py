"""Credentials of lines and shops under lock and key: Fernet, with keys that can be changed.

Fernet is AES-128-CBC with an HMAC-SHA256 over it, so what was tampered with does not open (cryptography,
"Fernet (symmetric encryption)"). The first key seals and makes digests; every key opens and finds.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

log = structlog.get_logger(__name__)

# Seals that stay open in memory, about 1 kB each; the least recently used are opened anew.
MOST_OPEN = 4096
KEY_LENGTH = 44


def new_key() -> str:
    """A key for CREDENTIAL_KEYS."""
    return Fernet.generate_key().decode()


def key_of(secret: str) -> str:
    """The key that stands in for one in development."""
    return base64.urlsafe_b64encode(
        hashlib.sha256(b"credentials " + secret.encode()).digest()
    ).decode()


def is_key(text: str) -> bool:
    """Whether it has a key's form: 32 bytes in URL-safe base64."""
    try:
        Fernet(text)
    except ValueError:
        return False
    # Of two without a comma between them only the first would be read.
    return len(text) == KEY_LENGTH


class FernetVault:
    """A `store.sealing.Vault`. `keys` has at least one; what no key opens is said once in the log, and
    counted in `unopened` for as long as nothing newer was opened for its owner."""

    has_key = True

    def __init__(self, keys: Sequence[str]) -> None:
        fernets = [Fernet(key) for key in keys]
        self._newest, self._fernet = fernets[0], MultiFernet(fernets)
        self._digest_keys = [
            hmac.digest(base64.urlsafe_b64decode(key), b"sokoni digests", "sha256") for key in keys
        ]
        self._unopened: set[str] = set()
        self._open = lru_cache(MOST_OPEN)(self._opened)

    @property
    def unopened(self) -> int:
        """How many owners' credentials this process has met and could not open."""
        return len(self._unopened)

    def seal(self, values: Mapping[str, str], owner: str) -> str:
        plain = json.dumps({"owner": owner, "values": dict(values)})
        return self._newest.encrypt(plain.encode()).decode()

    def unseal(self, sealed: str, owner: str) -> Mapping[str, str] | None:
        return self._open(sealed, owner)

    def is_current(self, sealed: str) -> bool:
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            return False
        return True

    def digest(self, secret: str) -> str:
        return self.digests(secret)[0]

    def digests(self, secret: str) -> Sequence[str]:
        text = secret.encode()
        return [hmac.digest(key, text, "sha256").hex() for key in self._digest_keys]

    def _opened(self, sealed: str, owner: str) -> Mapping[str, str] | None:
        try:
            found = json.loads(self._fernet.decrypt(sealed))
        except InvalidToken:
            found = {"owner": None}
        if found["owner"] != owner:
            # The number as the shop file writes it is masked by the log.
            log.error(
                "credentials cannot be opened, and what they are for is off: put the key back into"
                " CREDENTIAL_KEYS, or load the shop's file again",
                owner=owner,
            )
            self._unopened.add(owner)
            return None
        self._unopened.discard(owner)
        return dict(found["values"])
