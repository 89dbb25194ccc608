"""Sending through Twilio's Messages resource with the Twilio library.

Source: Twilio, "Messages resource", create a Message; "Best practices for API errors" (429 and
Retry-After).
"""

import threading
from collections.abc import Mapping
from urllib.parse import urlsplit, urlunsplit

from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from channels.channel import Account, ChannelError, Medium, Outbound, Sent
from channels.transport import TIMEOUT, carry, pooled_session, retry_after
from channels.twilio.codes import ERRORS
from channels.twilio.media import API_URL
from channels.twilio.webhook import WHATSAPP


class PooledHttpClient(HttpClient):  # type: ignore[misc]  # the library has no types
    """Carries the library's requests to `base_url`, whatever host it thinks it speaks to."""

    def __init__(self, base_url: str, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._base = urlsplit(base_url)
        self._timeout = timeout
        self._session = pooled_session(base_url)

    def request(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Raises ChannelError for what no retry by the library could mend, and for 429."""
        response = carry(
            lambda: self._session.request(
                method,
                self._here(url),
                params=params,
                data=data,
                headers=headers,
                auth=auth,
                timeout=self._timeout,
                allow_redirects=allow_redirects,
            )
        )
        if response.status_code == 429:
            # The library's own error does not carry the header.
            raise ChannelError(
                ERRORS[20429].meaning,
                permanent=False,
                code="20429",
                retry_after=retry_after(response.headers),
            )
        return Response(response.status_code, response.text, response.headers)

    def _here(self, url: str) -> str:
        parts = urlsplit(url)
        path = self._base.path.rstrip("/") + parts.path
        return urlunsplit((self._base.scheme, self._base.netloc, path, parts.query, ""))


class TwilioClient:
    """One library client, with its pool of connections, per account."""

    def __init__(self, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._timeout = timeout
        self._lock = threading.Lock()
        self._clients: dict[Account, Client] = {}

    def send(self, message: Outbound, account: Account) -> Sent:
        """Raises ChannelError."""
        prefix = WHATSAPP if message.medium is Medium.WHATSAPP else ""
        wanted = {
            "to": prefix + message.to,
            "from_": prefix + message.sender,
            "body": message.text or None,
            "media_url": [message.media_url] if message.media_url else None,
            "status_callback": message.status_url,
        }
        given = {name: value for name, value in wanted.items() if value is not None}
        try:
            created = self._client(account).messages.create(**given)
        except (TwilioRestException, TwilioServiceException) as error:
            raise refusal(error) from error
        except ValueError as error:
            # An answer of 2xx that is not JSON: the message may well be on its way.
            raise ChannelError("unreadable answer", permanent=False, unknown=True) from error
        if not created.sid:
            raise ChannelError("an answer without a SID", permanent=False, unknown=True)
        return Sent(str(created.sid))

    def _client(self, account: Account) -> Client:
        with self._lock:
            client = self._clients.get(account)
            if client is None:
                http = PooledHttpClient(account.base_url or API_URL, self._timeout)
                # Whatever the environment says of regions and edges must not move the address.
                client = Client(
                    account.id, account.secret, http_client=http, environment={"-": "-"}
                )
                self._clients[account] = client
            return client


def refusal(error: TwilioRestException | TwilioServiceException) -> ChannelError:
    """What Twilio's answer of 4xx or 5xx means."""
    status, code = int(error.status), error.code
    # Without a code of its own the library puts the HTTP status there.
    named = str(code) if code is not None and code != status else str(status)
    if status >= 500:
        return ChannelError(f"Twilio answers {status}", permanent=False, code=named)
    if status == 401:
        return ChannelError(ERRORS[20003].meaning, permanent=False, code=named)
    row = ERRORS.get(int(code)) if code is not None else None
    if row is None:
        return ChannelError("unknown code", permanent=True, code=named)
    return ChannelError(row.meaning, permanent=row.permanent, code=named)
