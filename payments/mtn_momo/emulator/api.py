"""The emulated HTTP API. Answers as MTN documents them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Flask

from payments.emulated import Wallets, pause
from payments.mtn_momo.emulator.account import Account
from payments.mtn_momo.emulator.collection import Collection
from payments.mtn_momo.emulator.disbursement import Disbursement
from payments.mtn_momo.emulator.door import Door
from payments.mtn_momo.emulator.holders import Holders

TOKEN_SECONDS = 3600
PRODUCT = "<any(collection,disbursement):product>"
HOLDER = f"/{PRODUCT}/v1_0/accountholder/msisdn/<party>"


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
    holders = Holders(door, wallets)
    for rule, endpoint, view, methods in (
        (f"/{PRODUCT}/token/", "token", door.token, ["POST"]),
        ("/collection/v1_0/requesttopay", "request_to_pay", takes.request_to_pay, ["POST"]),
        ("/collection/v1_0/requesttopay/<reference>", "read_request", takes.read, ["GET"]),
        ("/disbursement/v1_0/refund", "refund", sends.refund, ["POST"]),
        ("/disbursement/v1_0/transfer", "transfer", sends.transfer, ["POST"]),
        ("/disbursement/v1_0/<any(refund,transfer):kind>/<reference>", "sent", sends.read, ["GET"]),
        (f"{HOLDER}/active", "active", holders.active, ["GET"]),
        (f"{HOLDER}/basicuserinfo", "basicuserinfo", holders.info, ["GET"]),
    ):
        app.add_url_rule(rule, endpoint, view, methods=methods)
    app.before_request(partial(pause, wallets.faults))
    return app
