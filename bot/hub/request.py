"""A Flask request as the adapters want it, and their refusals as HTTP answers."""

from flask import Request

from channels.channel import WebRequest

# A body beyond this is refused unread (413). Meta sends up to 3 MB.
LONGEST_BODY = 3 * 1024 * 1024


def web_request(request: Request, public_url: str) -> WebRequest:
    """`url` is built from PUBLIC_URL and the path and query as they were sent: what was signed."""
    raw = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI")
    path = raw if isinstance(raw, str) and raw.startswith("/") else request.full_path.rstrip("?")
    body = request.get_data(cache=True)
    form = {key: tuple(values) for key, values in request.form.lists()}
    return WebRequest(
        method=request.method,
        url=public_url + path,
        headers=dict(request.headers.items()),
        form=form,
        body=body,
    )
