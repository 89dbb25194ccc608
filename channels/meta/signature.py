"""Who may speak to the webhook: Meta signs what it posts, and asks once whether the address is ours.

Source: Meta, WhatsApp Business Platform, "Create a webhook endpoint": verification requests
(hub.mode, hub.verify_token, hub.challenge), and payload validation (X-Hub-Signature-256, an
HMAC-SHA256 of the raw body with the app secret as its key).
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping

from channels.channel import ForgedError

HEADER = "X-Hub-Signature-256"
_SIGNATURE = re.compile(r"sha256=([0-9a-fA-F]{64})")
# What is said back goes into a page of ours, so nothing else may be in it.
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{1,200}")


def sign(body: bytes, app_secret: str) -> str:
    """The header's value for a body."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def verify(body: bytes, headers: Mapping[str, str], app_secret: str) -> None:
    """Raises ForgedError unless the app signed exactly these bytes."""
    given = {name.lower(): value for name, value in headers.items()}.get(HEADER.lower(), "")
    found = _SIGNATURE.fullmatch(given.strip())
    wanted = sign(body, app_secret).removeprefix("sha256=")
    # Anybody can sign with no secret.
    if not app_secret or found is None or not hmac.compare_digest(found[1].lower(), wanted):
        raise ForgedError("the signature does not match")


def answer_challenge(asked: Mapping[str, str], tokens: Iterable[str]) -> str:
    """What a verification request wants to hear, if it knows one of our verify tokens. Raises
    ForgedError."""
    token, challenge = asked.get("hub.verify_token", ""), asked.get("hub.challenge", "")
    # Every token is compared, so that the time taken tells nothing.
    known = [hmac.compare_digest(token.encode(), own.encode()) for own in tokens if own]
    if asked.get("hub.mode") != "subscribe" or not any(known):
        raise ForgedError("not a verification by somebody who knows our token")
    if not _CHALLENGE.fullmatch(challenge):
        raise ForgedError("no challenge")
    return challenge
