"""Twilio's Messages and Media resources over HTTP.

Source: Twilio, "Messages resource", "Media subresource" and the published OpenAPI description
(api.v2010.account.message).
"""

from email.utils import format_datetime

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from channels.channel import Medium
from channels.emulated import Kind, Mishap, Parcel, break_connection
from channels.render.gsm import segments
from channels.twilio.codes import ERRORS
from channels.twilio.emulator.rules import fault_in
from channels.twilio.emulator.state import NAME, Accepted, Options, TwilioEmulator
from channels.twilio.webhook import WHATSAPP

blueprint = Blueprint("messages", __name__)


def create_emulator(emulator: TwilioEmulator) -> Flask:
    """Twilio's API over `emulator`'s state."""
    app = Flask(NAME)
    app.extensions[NAME] = emulator
    app.register_blueprint(blueprint)
    return app


@blueprint.post("/2010-04-01/Accounts/<account>/Messages.json")
def create_message(account: str) -> Response:
    """Takes a message, or refuses it with the code that Twilio would give."""
    emulator: TwilioEmulator = current_app.extensions[NAME]
    to, body = (request.form.get(name, "") for name in ("To", "Body"))
    mishap = emulator.mishaps.take(Parcel(Kind.SENT, to.removeprefix(WHATSAPP), body))
    if not _authorised(emulator.options, account):
        return _error(401, 20003)
    if mishap.status:
        return _mishap(mishap)
    code = fault_in(request.form, emulator.opted_out)
    if code:
        return _error(400, code)
    message = _message(emulator.options)
    emulator.accept(message)
    if mishap.drop:
        return break_connection()
    answer = jsonify(_resource(message, emulator.options))
    answer.status_code = 201
    return answer


@blueprint.get("/2010-04-01/Accounts/<account>/Messages/<message>/Media/<media>")
def find_media(account: str, message: str, media: str) -> Response:
    """Leads whoever has the account's token on to the bytes, for a while."""
    emulator: TwilioEmulator = current_app.extensions[NAME]
    if not _authorised(emulator.options, account):
        return _error(401, 20003)
    mishap = emulator.media.mishap(media)
    if mishap.status:
        return _mishap(mishap)
    if media not in emulator.media.kept:
        return _error(404, 20404)
    return Response(status=307, headers={"Location": f"{request.url_root}kept/{media}"})


@blueprint.get("/kept/<media>")
def give_media(media: str) -> Response:
    """The bytes, from a host that no credentials are meant for."""
    emulator: TwilioEmulator = current_app.extensions[NAME]
    if request.authorization is not None:
        return _error(400, 20001)
    return emulator.media.bytes_of(media)


def _authorised(options: Options, account: str) -> bool:
    given = request.authorization
    return (
        given is not None
        and given.type == "basic"
        and given.username == options.account_sid
        and given.password == options.auth_token
        and account == options.account_sid
    )


def _message(options: Options) -> Accepted:
    form = request.form
    to = form["To"]
    return Accepted(
        sid=f"SM{options.new_id()}",
        medium=Medium.WHATSAPP if to.startswith(WHATSAPP) else Medium.SMS,
        sender=form["From"].removeprefix(WHATSAPP),
        to=to.removeprefix(WHATSAPP),
        body=form.get("Body", ""),
        media_url=form.get("MediaUrl"),
        status_callback=form.get("StatusCallback"),
        at=options.now(),
    )


def _resource(message: Accepted, options: Options) -> dict[str, object]:
    prefix = WHATSAPP if message.medium is Medium.WHATSAPP else ""
    uri = f"/2010-04-01/Accounts/{options.account_sid}/Messages/{message.sid}"
    date = format_datetime(message.at)
    return {
        "account_sid": options.account_sid,
        "api_version": "2010-04-01",
        "body": message.body,
        "date_created": date,
        "date_sent": None,
        "date_updated": date,
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": prefix + message.sender,
        "messaging_service_sid": None,
        "num_media": "1" if message.media_url else "0",
        "num_segments": str(segments(message.body).count),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": "queued",
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "to": prefix + message.to,
        "uri": f"{uri}.json",
    }


def _mishap(mishap: Mishap) -> Response:
    codes = {429: 20429, 500: 20500, 503: 20503}
    answer = _error(mishap.status, mishap.code or codes.get(mishap.status, mishap.status))
    if mishap.retry_after is not None:
        answer.headers["Retry-After"] = str(mishap.retry_after)
    return answer


def _error(status: int, code: int) -> Response:
    row = ERRORS.get(code)
    answer = jsonify(
        code=code,
        message=row.meaning if row else "refused",
        more_info=f"https://www.twilio.com/docs/errors/{code}",
        status=status,
    )
    answer.status_code = status
    return answer
