"""Where the providers are, and the accounts through which this server speaks to them."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

# The path of each emulator that the server itself serves in development.
OWN_URLS: Mapping[str, str] = {
    "twilio_api_url": "/emulators/twilio",
    "at_api_url": "/emulators/africastalking",
    "meta_api_url": "/emulators/meta",
    "mtn_momo_api_url": "/emulators/mtn-momo",
    "airtel_api_url": "/emulators/airtel",
    "paystack_api_url": "/emulators/paystack",
    "flutterwave_api_url": "/emulators/flutterwave",
}

# MTN: the base of every market's production API; the market is X-Target-Environment.
REAL_URLS: Mapping[str, str] = {
    "twilio_api_url": "https://api.twilio.com",
    "at_api_url": "https://api.africastalking.com",
    "meta_api_url": "https://graph.facebook.com",
    "mtn_momo_api_url": "https://proxy.momoapi.mtn.com",
    "airtel_api_url": "https://openapi.airtel.africa",
    "paystack_api_url": "https://api.paystack.co",
    "flutterwave_api_url": "https://api.flutterwave.com",
}


def is_loopback(url: str) -> bool:
    """Whether a request to `url` stays on this machine, whatever a name server says."""
    try:
        host = urlsplit(url).hostname
        return host == "localhost" or (host is not None and ipaddress.ip_address(host).is_loopback)
    except ValueError:
        return False
