"""Sending SMS through Africa's Talking with its library, over connections of our own.

The library opens a connection for every message, loses the status and the headers of an error, and has
its address built in; so its one method that speaks HTTP is replaced here.

Source: Africa's Talking, "SMS: sending", POST /version1/messaging with the header apiKey.
"""

import threading
from collections.abc import Mapping

import requests
from africastalking.SMS import SMSService

from channels.africastalking.codes import ACCEPTED, NAMES, REFUSED
from channels.channel import Account, ChannelError, Outbound, Sent
from channels.transport import TIMEOUT, carry, pooled_session, retry_after

API_URL = "https://api.africastalking.com"


class PooledSms(SMSService):  # type: ignore[misc]  # the library has no types
    """The library's SMS service with a pooled session, a base URL and honest errors."""

    def __init__(self, account: Account, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._root = account.base_url or API_URL
        self._pool = pooled_session(self._root)
        self._patience = timeout
        super().__init__(account.id, account.secret)

    def _init_service(self) -> None:
        self._baseUrl = f"{self._root}/version1"
        self._contentUrl = self._baseUrl

    def _make_request(
        self,
        url: str,
        method: str,
        *,
        headers: Mapping[str, str],
        data: Mapping[str, str | int],
        params: Mapping[str, str] | None,
        callback: None = None,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> requests.Response:
        return carry(
            lambda: self._pool.request(
                method,
                url,
                headers=headers,
                data=data,
                params=params,
                timeout=self._patience,
                allow_redirects=False,
            )
        )


class AfricasTalkingClient:
    """One library service, with its pool of connections, per account."""

    def __init__(self, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._timeout = timeout
        self._lock = threading.Lock()
        self._services: dict[Account, PooledSms] = {}

    def send(self, message: Outbound, account: Account) -> Sent:
        """Raises ChannelError. Receipts go where the account's settings say, not to `status_url`."""
        try:
            response = self._service(account).send(
                message.text, [message.to], sender_id=message.sender
            )
        except ValueError as error:
            raise ChannelError(REFUSED[403].meaning, permanent=True, code="403") from error
        return _outcome(response)

    def _service(self, account: Account) -> PooledSms:
        with self._lock:
            service = self._services.get(account)
            if service is None:
                service = self._services[account] = PooledSms(account, self._timeout)
            return service


def _outcome(response: requests.Response) -> Sent:
    status = response.status_code
    if status == 429:
        wait = retry_after(response.headers)
        raise ChannelError("too many requests", permanent=False, code="429", retry_after=wait)
    if status in (401, 403):
        raise ChannelError(
            "the username or API key is wrong", permanent=False, code=f"http-{status}"
        )
    if status >= 500:
        raise ChannelError(
            f"Africa's Talking answers {status}", permanent=False, code=f"http-{status}"
        )
    if not 200 <= status < 300:
        raise ChannelError("unknown code", permanent=True, code=f"http-{status}")
    return _recipient(response)


def _recipient(response: requests.Response) -> Sent:
    """What became of the one recipient of a request that was taken."""
    try:
        answer = response.json()
    except ValueError as error:
        raise ChannelError("unreadable answer", permanent=False, unknown=True) from error
    match answer:
        case {"SMSMessageData": {"Recipients": [{"statusCode": code, "messageId": str(sid)}, *_]}}:
            if _number(code) in ACCEPTED and sid not in ("", "None"):
                return Sent(sid)
            raise _refusal(_number(code), str(code))
        case {"SMSMessageData": {"Recipients": [{"statusCode": code}, *_]}}:
            raise _refusal(_number(code), str(code))
        case {"SMSMessageData": {"Message": str(name), "Recipients": []}}:
            raise _refusal(NAMES.get(name.strip()), name.strip()[:50])
    raise ChannelError("unreadable answer", permanent=False, unknown=True)


def _number(code: object) -> int | None:
    return (
        int(code) if isinstance(code, int) or (isinstance(code, str) and code.isdecimal()) else None
    )


def _refusal(number: int | None, code: str) -> ChannelError:
    row = REFUSED.get(number) if number is not None else None
    if number in ACCEPTED:
        return ChannelError("accepted without an id", permanent=False, code=code, unknown=True)
    if row is None:
        return ChannelError("unknown code", permanent=True, code=code)
    return ChannelError(row.meaning, permanent=row.permanent, code=str(number))
