"""The links of receipts: an order's name and a proof that we gave it out, with nothing kept anywhere.

The proof is half of an HMAC-SHA256 (RFC 2104, section 5 allows that) under a key of its own, drawn from
SECRET_KEY: a new SECRET_KEY makes all links void. Letters and digits are those of Crockford's Base 32,
which leaves out what looks alike, in lower case.
"""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from store.receipts import PREFIX

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
# As people copy them from paper.
_ALIKE = str.maketrans("oil", "011")
_NAME = PREFIX * 8 // 5
_PROOF = 20
LENGTH = _NAME + _PROOF


@dataclass(frozen=True, slots=True)
class ReceiptLinks:
    """`base` is PUBLIC_URL, without a slash at the end."""

    key: bytes
    base: str

    @classmethod
    def of(cls, secret: str, base: str) -> "ReceiptLinks":
        return cls(hmac.digest(secret.encode(), b"sokoni receipt links", "sha256"), base)

    def link(self, order: UUID, locale: str | None = None) -> str:
        """`locale`: where the reader's language is not the shop's first."""
        asked = f"?in={locale}" if locale else ""
        return f"{self.base}/r/{self.token(order)}{asked}"

    def token(self, order: UUID) -> str:
        """36 letters and digits: 80 bits of the id, 100 bits of proof."""
        name = order.bytes[:PREFIX]
        return _written(int.from_bytes(name), _NAME) + self._proof(name)

    def opened(self, token: str) -> bytes | None:
        """How the order's id begins; None for a token that we did not give out. Takes as long for a
        nearly right one as for any other."""
        plain = token.casefold().translate(_ALIKE)
        if len(plain) != LENGTH or not set(plain) <= set(ALPHABET):
            return None
        name = _read(plain[:_NAME]).to_bytes(PREFIX)
        return name if hmac.compare_digest(plain[_NAME:], self._proof(name)) else None

    def _proof(self, name: bytes) -> str:
        digest = int.from_bytes(hmac.digest(self.key, name, hashlib.sha256))
        return _written(digest >> 256 - 5 * _PROOF, _PROOF)


def _written(number: int, length: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _read(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    return number
