"""Sending through the Cloud API.

Source: Meta, WhatsApp Business Platform, "Messages API" (POST /{version}/{phone_number_id}/messages;
biz_opaque_callback_data), "Text messages", "Image messages", "Interactive reply buttons messages",
"Interactive list messages", "Template messages"; "Business-scoped user IDs" (`recipient` in place of
`to`); "Error codes", error response syntax.
"""

import threading
from collections.abc import Mapping

import requests

from channels.channel import Account, ChannelError, Outbound, Sent
from channels.interactive import LONGEST_BODY, Buttons, Payload, Rows, Template
from channels.meta.codes import ERRORS, PAIR_RATE
from channels.meta.fields import Fields
from channels.meta.media import fetch
from channels.transport import TIMEOUT, carry, pooled_session, retry_after

API_URL = "https://graph.facebook.com/v26.0"


class MetaClient:
    """One pool of connections per API address."""

    def __init__(self, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._timeout = timeout
        self._lock = threading.Lock()
        self._sessions: dict[str, requests.Session] = {}

    def send(self, message: Outbound, account: Account) -> Sent:
        """Raises ChannelError."""
        base = account.base_url or API_URL
        session = self._session(base)
        response = carry(
            lambda: session.post(
                f"{base}/{message.sender}/messages",
                json=request_body(message),
                headers={"Authorization": f"Bearer {account.secret}"},
                timeout=self._timeout,
                allow_redirects=False,
            )
        )
        answer = _answer(response)
        if response.status_code != 200 or answer.under("error").text("code"):
            raise refusal(response.status_code, response.headers, answer.under("error"))
        identifier = next(answer.each("messages"), Fields({})).text("id")
        if not identifier:
            # Meta says yes without a name for it: it may well be on its way.
            raise ChannelError("an answer without an id", permanent=False, unknown=True)
        return Sent(identifier)

    def fetch(self, media: str, account: Account) -> bytes:
        """Raises ChannelError."""
        base = account.base_url or API_URL
        return fetch(self._session(base), base, media, account, self._timeout)

    def _session(self, base: str) -> requests.Session:
        with self._lock:
            if base not in self._sessions:
                self._sessions[base] = pooled_session(base)
            return self._sessions[base]


def _answer(response: requests.Response) -> Fields:
    try:
        document = response.json()
    except requests.JSONDecodeError:
        document = None
    return Fields(document if isinstance(document, dict) else {})


def request_body(message: Outbound) -> dict[str, object]:
    """The JSON of one message."""
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_recipient(message.to),
        **_content(message),
        "biz_opaque_callback_data": message.reference,
    }


def _recipient(to: str) -> dict[str, object]:
    if to.startswith("+"):
        return {"to": to.removeprefix("+")}
    return {"recipient": to}


def _content(message: Outbound) -> dict[str, object]:
    if isinstance(message.payload, Template):
        return {"type": "template", "template": _template(message.payload)}
    if message.media_url and message.payload is None:
        caption = {"caption": message.text[:LONGEST_BODY]} if message.text else {}
        return {"type": "image", "image": {"link": message.media_url, **caption}}
    if message.payload is not None:
        told = {**_header(message), "body": {"text": message.text}}
        return {"type": "interactive", "interactive": {**told, **_interactive(message.payload)}}
    return {"type": "text", "text": {"body": message.text, "preview_url": False}}


def _header(message: Outbound) -> dict[str, object]:
    """A picture above the words: buttons may have one, lists may not."""
    if message.media_url is None or isinstance(message.payload, Rows):
        return {}
    return {"header": {"type": "image", "image": {"link": message.media_url}}}


def _interactive(payload: Payload) -> dict[str, object]:
    match payload:
        case Buttons(buttons):
            made = [{"type": "reply", "reply": {"id": b.id, "title": b.title}} for b in buttons]
            return {"type": "button", "action": {"buttons": made}}
        case Rows(opener, rows):
            listed = [
                {"id": row.id, "title": row.title}
                | ({"description": row.description} if row.description else {})
                for row in rows
            ]
            return {"type": "list", "action": {"button": opener, "sections": [{"rows": listed}]}}
        case _:
            raise TypeError("a template has nothing to tap")


def _template(template: Template) -> dict[str, object]:
    made: dict[str, object] = {"name": template.name, "language": {"code": template.language}}
    if template.values:
        values = [{"type": "text", "text": value} for value in template.values]
        made["components"] = [{"type": "body", "parameters": values}]
    return made


def refusal(status: int, headers: Mapping[str, str], error: Fields) -> ChannelError:
    """What an answer that is no yes means."""
    code = error.text("code")
    named = code or str(status)
    row = ERRORS.get(int(code)) if code.isascii() and code.isdigit() else None
    if row is not None:
        # Only one person's messages have been too many: the line goes on for everybody else.
        wait = None if int(code) == PAIR_RATE else retry_after(headers)
        return ChannelError(row.meaning, permanent=row.permanent, code=named, retry_after=wait)
    if status == 429 or status >= 500:
        wait = retry_after(headers)
        return ChannelError(f"Meta answers {status}", permanent=False, code=named, retry_after=wait)
    if status == 401:
        return ChannelError(ERRORS[190].meaning, permanent=False, code=named)
    return ChannelError("unknown code", permanent=True, code=named)
