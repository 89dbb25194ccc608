"""A Flask request as the adapters want it, and their refusals as HTTP answers."""

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from channels.channel import WebRequest

FORM = "application/x-www-form-urlencoded"
# A body beyond this is refused (413), unread where its length is told. Meta sends up to 3 MB.
LONGEST_BODY = 3 * 1024 * 1024
# A form with more fields is none of a provider's. Three megabytes of them would take a second and some
# hundred megabytes to read, before anybody has shown who they are.
MOST_FIELDS = 1000


def body_of(request: Request) -> bytes:
    """The whole body. Raises RequestEntityTooLarge."""
    # One byte more than is taken: of a chunked body werkzeug gives what fits, and is silent about
    # the rest.
    request.max_content_length = LONGEST_BODY + 1
    body = request.get_data(cache=True)
    if len(body) > LONGEST_BODY:
        raise RequestEntityTooLarge
    return body


def web_request(request: Request, public_url: str) -> WebRequest:
    """`url` is built from PUBLIC_URL and the path and query as they were sent: what was signed. Raises
    RequestEntityTooLarge."""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI")
    path = raw if isinstance(raw, str) and raw.startswith("/") else request.full_path.rstrip("?")
    body = body_of(request)
    if body.count(b"&") >= MOST_FIELDS and request.mimetype == FORM:
        raise RequestEntityTooLarge
    form = {key: tuple(values) for key, values in request.form.lists()}
    return WebRequest(
        method=request.method,
        url=public_url + path,
        headers=dict(request.headers.items()),
        form=form,
        body=body,
    )
