"""The emulated HTTP API and pay page. Answers as Paystack documents them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Flask

from payments.emulated import Wallets, pause
from payments.paystack.emulator.account import Account
from payments.paystack.emulator.charging import Charging
from payments.paystack.emulator.door import Door
from payments.paystack.emulator.page import PayPage
from payments.paystack.emulator.sending import Sending


def create_emulator(account: Account, wallets: Wallets, now: Callable[[], datetime]) -> Flask:
    """The API as an application of its own, to be served on a loopback address."""
    app = Flask(__name__)
    door = Door(account, wallets.faults)
    takes, sends = Charging(door, wallets, now), Sending(door, wallets, now)
    page = PayPage(wallets)
    for method, rule, endpoint, view in (
        ("POST", "/transaction/initialize", "initialize", takes.initialize),
        ("GET", "/transaction/verify/<reference>", "verify", takes.verify),
        ("POST", "/charge", "charge", takes.charge),
        ("POST", "/charge/submit_otp", "submit_otp", takes.submit_otp),
        ("POST", "/refund", "refund", sends.refund),
        ("GET", "/refund", "list_refunds", sends.list_refunds),
        ("GET", "/refund/<number>", "read_refund", sends.read_refund),
        ("POST", "/transferrecipient", "recipient", sends.recipient),
        ("POST", "/transfer", "transfer", sends.transfer),
        ("GET", "/transfer/verify/<reference>", "verify_transfer", sends.verify_transfer),
        ("GET", "/bank/resolve", "resolve", sends.resolve),
        ("GET", "/pay/<access_code>", "show_page", page.show),
        ("POST", "/pay/<access_code>", "answer_page", page.answer),
    ):
        app.add_url_rule(rule, endpoint, view, methods=[method])
    app.before_request(partial(pause, wallets.faults))
    return app
