"""Africa's Talking's SMS API over HTTP.

Source: Africa's Talking, "SMS: sending".
"""

from flask import Blueprint, Flask, Response, current_app, jsonify, request

from channels.africastalking.emulator.state import NAME, Accepted, AfricasTalkingEmulator
from channels.emulated import Kind, Parcel, break_connection
from channels.phone import e164

blueprint = Blueprint("messaging", __name__)


def create_emulator(emulator: AfricasTalkingEmulator) -> Flask:
    """Africa's Talking's API over `emulator`'s state."""
    app = Flask(NAME)
    app.extensions[NAME] = emulator
    app.register_blueprint(blueprint)
    return app


@blueprint.post("/version1/messaging")
def send() -> Response:
    """Takes an SMS for each recipient, or says why not."""
    emulator: AfricasTalkingEmulator = current_app.extensions[NAME]
    options = emulator.options
    to, message = (request.form.get(name, "") for name in ("to", "message"))
    mishap = emulator.mishaps.take(Parcel(Kind.SENT, to, message))
    known = request.headers.get("apiKey") == options.api_key
    if not known or request.form.get("username") != options.username:
        return Response("The supplied authentication is invalid", 401, mimetype="text/plain")
    if mishap.status:
        wait = {} if mishap.retry_after is None else {"Retry-After": str(mishap.retry_after)}
        return Response("refused", mishap.status, wait, mimetype="text/plain")
    if not request.form.get("message") or not request.form.get("to"):
        return Response("Request is missing required form field", 400, mimetype="text/plain")
    recipients = [
        _recipient(emulator, number, mishap.code) for number in request.form["to"].split(",")
    ]
    if mishap.drop:
        return break_connection()
    taken = sum(1 for recipient in recipients if recipient["status"] == "Success")
    answer = jsonify(
        SMSMessageData={
            "Message": f"Sent to {taken}/{len(recipients)} Total Cost: UGX {taken * 25}",
            "Recipients": recipients,
        }
    )
    answer.status_code = 201
    return answer


def _recipient(
    emulator: AfricasTalkingEmulator, number: str, code: int | None
) -> dict[str, str | int]:
    """What is said of one recipient. `code` refuses it for that reason."""
    if code is None and e164(number) != number:
        code = 403
    if code is None and number in emulator.opted_out:
        code = 406
    refused = {403: "InvalidPhoneNumber", 405: "InsufficientBalance", 406: "UserInBlacklist"}
    if code is not None:
        status = refused.get(code, "Failed")
        return {
            "statusCode": code,
            "number": number,
            "status": status,
            "cost": "0",
            "messageId": "None",
        }
    message = Accepted(
        id=f"ATXid_{emulator.options.new_id()}",
        sender=request.form.get("from", "AFRICASTKNG"),
        to=number,
        body=request.form["message"],
        at=emulator.options.now(),
    )
    emulator.accept(message)
    return {
        "statusCode": 101,
        "number": number,
        "status": "Success",
        "cost": "UGX 25.0000",
        "messageId": message.id,
    }
