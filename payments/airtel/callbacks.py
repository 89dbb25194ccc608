"""Airtel's calls: which transaction, and whether it was Airtel who called.

Source: Airtel Africa developer documentation, "Callback With Authentication": beside `transaction` the
body carries `hash`, the base64 of HMAC-SHA256 by the private key that the application's settings show. The
documents do not say over which bytes: Airtel's own sample in Java hashes {"transaction":{...}}, others who
built to it the transaction alone, and one copy has the hash as a header over the body. Each is tried; none
can be made without the key.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

_MEMBER = re.compile(r'"transaction"\s*:\s*')


@dataclass(frozen=True, slots=True)
class Call:
    """`transaction` as it stood in the body; what was signed is what is read."""

    transaction: str
    fields: Mapping[str, object]
    given: str

    @property
    def reference(self) -> UUID | None:
        """Our own id of the transaction, where it is one."""
        try:
            return UUID(str(self.fields.get("id")))
        except ValueError:
            return None


def read_call(headers: Mapping[str, str], body: bytes) -> Call | None:
    """None where it is none of Airtel's."""
    try:
        text = body.decode()
        whole = json.loads(text)
        found = _MEMBER.search(text)
        if found is None or not isinstance(whole, dict):
            return None
        fields, end = json.JSONDecoder().raw_decode(text, found.end())
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    given = whole.get("hash") or next(
        (value for name, value in headers.items() if name.lower() == "hash"), ""
    )
    return Call(text[found.end() : end], fields, given if isinstance(given, str) else "")


def signed(call: Call, body: bytes, secret: str) -> bool:
    """Whether whoever called knows the `secret`."""
    given = _bytes(call.given.strip())
    made = [
        base64.b64encode(hmac.new(secret.encode(), said, hashlib.sha256).digest())
        for said in _hashed(call, body)
    ]
    # All are compared, so that the time taken tells nothing.
    return sum(hmac.compare_digest(given, mac) for mac in made) > 0


def _hashed(call: Call, body: bytes) -> Iterator[bytes]:
    compact = json.dumps(call.fields, separators=(",", ":"), ensure_ascii=False)
    for transaction in (call.transaction, compact):
        yield _bytes(transaction)
        for colon in (":", ": "):
            yield _bytes(f'{{"transaction"{colon}{transaction}}}')
    yield body


def _bytes(text: str) -> bytes:
    """JSON can name half a character, which UTF-8 has no letter for."""
    return text.encode("utf-8", "surrogatepass")
