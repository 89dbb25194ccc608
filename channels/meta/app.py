"""A Meta app as an account. Its requests do not name it: its secret alone tells it from others."""

import hashlib

from channels.channel import Account
from channels.meta.webhook import PROVIDER


def app_id(app_secret: str) -> str:
    """What stands for an app in place of its secret."""
    return hashlib.sha256(b"app " + app_secret.encode()).hexdigest()[:16]


def app_account(app_secret: str, access_token: str, base_url: str) -> Account:
    """`base_url` ends with the version of the API."""
    return Account(PROVIDER, app_id(app_secret), access_token, base_url, app_secret)
