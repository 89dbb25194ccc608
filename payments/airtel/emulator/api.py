"""The emulated HTTP API. Answers as Airtel documents them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Flask

from payments.airtel.emulator.account import Account
from payments.airtel.emulator.collection import Collection
from payments.airtel.emulator.disbursement import Disbursement
from payments.airtel.emulator.door import Door
from payments.emulated import Wallets, pause

TOKEN_SECONDS = 180


def create_emulator(
    account: Account,
    wallets: Wallets,
    now: Callable[[], datetime],
    *,
    token_seconds: int = TOKEN_SECONDS,
) -> Flask:
    """The API as an application of its own, to be served on a loopback address. `now` also decides
    when its tokens end."""
    app = Flask(__name__)
    door = Door(account, wallets.faults, now, token_seconds)
    takes = Collection(door, wallets, now)
    sends = Disbursement(door, wallets, now)
    for rule, endpoint, view, methods in (
        ("/auth/oauth2/token", "token", door.token, ["POST"]),
        ("/merchant/v1/payments/", "push", takes.push, ["POST"]),
        ("/standard/v1/payments/refund", "reverse", takes.reverse, ["POST"]),
        ("/standard/v1/payments/<transaction_id>", "read_push", takes.read, ["GET"]),
        ("/standard/v1/disbursements/", "send", sends.send, ["POST"]),
        ("/standard/v1/disbursements/<transaction_id>", "read_sent", sends.read, ["GET"]),
        ("/standard/v1/users/<msisdn>", "user", takes.user, ["GET"]),
    ):
        app.add_url_rule(rule, endpoint, view, methods=methods)
    app.before_request(partial(pause, wallets.faults))
    return app
