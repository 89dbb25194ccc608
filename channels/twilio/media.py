"""Fetching a picture from Twilio.

Source: Twilio, "Media subresource": the MediaUrl of a webhook is a resource of the API, asked for with
the account's credentials, and leads on to where the bytes are kept; "Protect media access with HTTP basic
authentication" names those hosts.
"""

from channels.channel import Account, ChannelError
from channels.media import Wanted, download, of_provider

API_URL = "https://api.twilio.com"
# The regions of the API are hosts of their own.
API_HOSTS = ("twilio.com",)
HOSTS = (*API_HOSTS, "twiliocdn.com", "s3-external-1.amazonaws.com")


def fetch(media: str, account: Account, timeout: tuple[float, float]) -> bytes:
    """The bytes of the picture at the address `media`. Raises ChannelError."""
    base = account.base_url or API_URL
    if not of_provider(media, base, API_HOSTS):
        # Only the API itself is told who asks.
        raise ChannelError("not at the provider's", permanent=True)
    return download(Wanted(media, base, HOSTS, auth=(account.id, account.secret)), timeout)
