"""The emulated HTTP API and its payment pages. Answers as Flutterwave documents them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Flask

from payments.emulated import pause
from payments.flutterwave.emulator.account import Account
from payments.flutterwave.emulator.door import Door
from payments.flutterwave.emulator.pages import Pages
from payments.flutterwave.emulator.sending import Sending
from payments.flutterwave.emulator.taking import Taking
from payments.flutterwave.emulator.wallets import Wallets


def create_emulator(
    account: Account,
    wallets: Wallets,
    now: Callable[[], datetime],
    pages: Pages | None = None,
) -> Flask:
    """The API as an application of its own, to be served on a loopback address."""
    app = Flask(__name__)
    door = Door(account, wallets.faults)
    pages = pages or Pages(wallets, now)
    takes = Taking(door, account, wallets, pages, now)
    sends = Sending(door, wallets, now)
    for rule, endpoint, view, method in (
        ("/v3/payments", "link", takes.link, "POST"),
        ("/v3/transactions/verify_by_reference", "verify", takes.verify, "GET"),
        ("/v3/transactions", "list", takes.list, "GET"),
        ("/v3/transactions/<transaction>/refund", "refund", sends.refund, "POST"),
        ("/v3/refunds", "refunds", sends.refunds, "GET"),
        ("/v3/refunds/<number>", "read_refund", sends.read_refund, "GET"),
        ("/v3/transfers", "transfer", sends.transfer, "POST"),
        ("/v3/transfers", "transfers", sends.transfers, "GET"),
        ("/pay/<token>", "page", pages.show, "GET"),
        ("/pay/<token>", "answer", pages.answer, "POST"),
    ):
        app.add_url_rule(rule, endpoint, view, methods=[method])
    app.before_request(partial(pause, wallets.faults))
    return app
