"""Fetching a picture from the Cloud API.

Source: Meta, WhatsApp Business Platform, "Media": GET /{version}/{media id} names where it is, for five
minutes; that address, too, wants the access token. Ids of webhooks end after seven days.
"""

import requests

from channels.channel import Account, ChannelError
from channels.media import Wanted, download, look_at
from channels.meta.fields import Fields
from channels.transport import carry

# Where Meta keeps media; seen is lookaside.fbsbx.com.
HOSTS = ("fbsbx.com", "whatsapp.net", "facebook.com")


def fetch(
    session: requests.Session, base: str, media: str, account: Account, timeout: tuple[float, float]
) -> bytes:
    """The bytes of the picture with the id `media`. Raises ChannelError."""
    token = {"Authorization": f"Bearer {account.secret}"}
    response = carry(
        lambda: session.get(
            f"{base}/{media}", headers=token, timeout=timeout, allow_redirects=False
        )
    )
    if response.status_code != 200:
        named = str(response.status_code)
        raise ChannelError(f"Meta answers {named}", permanent=False, code=named)
    told = _told(response)
    look_at(told.text("mime_type"), told.text("file_size"))
    return download(Wanted(told.text("url"), base, HOSTS, token), timeout)


def _told(response: requests.Response) -> Fields:
    try:
        document = response.json()
    except requests.JSONDecodeError as error:
        raise ChannelError("an answer that is not JSON", permanent=False) from error
    return Fields(document if isinstance(document, dict) else {})
