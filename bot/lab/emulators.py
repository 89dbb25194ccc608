"""The providers that a development server carries within itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, Response
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from bot import credentials
from bot.lab.bell import Bell
from bot.lab.circuits import AGAIN, circuits_of
from bot.lab.guard import from_this_machine
from bot.lab.own import is_own, now, path_of, target
from bot.lab.payers import build_payers
from bot.lab.switches import Switches
from bot.lab.wiring import Played, wire_channel, wire_rail
from bot.settings import Settings
from channels.africastalking import emulator as africastalking
from channels.channel import Account
from channels.meta import emulator as meta
from channels.twilio import emulator as twilio
from payments.emulated import Wallets

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# What the networks report of a message that arrived, and how long they take over each step.
TWILIO_RECEIPTS = ("sent", "delivered", "read")
AT_RECEIPTS = ("Success",)
META_RECEIPTS = ("sent", "delivered", "read")
RECEIPT_GAP = 0.4
EMULATORS = "sokoni.emulators"


@dataclass(frozen=True, slots=True)
class Emulators:
    """Those whose URL setting is this server's own; the others are None. `purses`: the wallets of each
    emulated rail. `apps` by their path."""

    bell: Bell
    twilio: twilio.TwilioEmulator | None
    africastalking: africastalking.AfricasTalkingEmulator | None
    meta: meta.MetaEmulator | None
    purses: Mapping[str, Wallets]
    switches: Switches
    apps: Mapping[str, Flask]

    def heal(self) -> None:
        """Nothing goes wrong any more, and nothing is held back."""
        self.switches.clear()
        for emulator in (self.twilio, self.africastalking, self.meta):
            if emulator is not None:
                emulator.road.release()

    def close(self) -> None:
        """Lets receipts on their way arrive, and their connections go."""
        for emulator in (self.twilio, self.africastalking, self.meta):
            if emulator is not None:
                emulator.close()


def build(settings: Settings) -> Emulators:
    """Made for a server on 127.0.0.1 at PORT; their webhooks are signed for PUBLIC_URL."""
    bell = Bell()
    accounts = credentials.accounts(settings)
    apps: dict[str, Flask] = {}
    by_twilio = by_at = by_meta = None
    if (account := accounts.get("twilio")) and is_own(settings, "twilio"):
        by_twilio = twilio.TwilioEmulator(_twilio_options(settings, account, bell))
        apps[path_of("twilio")] = twilio.create_emulator(by_twilio)
    if (account := accounts.get("africastalking")) and is_own(settings, "africastalking"):
        by_at = africastalking.AfricasTalkingEmulator(_at_options(settings, account, bell))
        apps[path_of("africastalking")] = africastalking.create_emulator(by_at)
    if (account := accounts.get("meta")) and is_own(settings, "meta"):
        by_meta = meta.MetaEmulator(_meta_options(settings, account, bell))
        apps[path_of("meta")] = meta.create_emulator(by_meta)
    payers = build_payers(settings, bell.ring)
    apps |= {path_of(rail): payer.app for rail, payer in payers.items()}
    purses = {rail: payer.wallets for rail, payer in payers.items()}
    channels = {"twilio": by_twilio, "africastalking": by_at, "meta": by_meta}
    switches = _wired(bell, channels, purses)
    return Emulators(bell, by_twilio, by_at, by_meta, purses, switches, apps)


def _wired(
    bell: Bell, channels: Mapping[str, Played | None], purses: Mapping[str, Wallets]
) -> Switches:
    """Switches for all that is emulated, in the places where they strike."""
    there = {provider: played for provider, played in channels.items() if played is not None}
    switches = Switches(circuits_of([*there, *purses]), now, bell.ring)
    for provider, played in there.items():
        wire_channel(provider, played, switches)
    for rail, wallets in purses.items():
        wire_rail(rail, wallets.faults, switches)
    return switches


def mount(app: Flask, emulators: Emulators) -> None:
    """Serves the emulated APIs under the server's own address, to this machine only."""
    app.extensions[EMULATORS] = emulators
    apps = {path: _guarded(emulator.wsgi_app) for path, emulator in emulators.apps.items()}
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, apps)  # type: ignore[method-assign]


def _guarded(app: "WSGIApplication") -> "WSGIApplication":
    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not from_this_machine(environ):
            return Response("for this machine only", 403)(environ, start_response)
        return app(environ, start_response)

    return serve


def _twilio_options(settings: Settings, account: Account, bell: Bell) -> twilio.Options:
    return twilio.Options(
        account_sid=account.id,
        auth_token=account.secret,
        public_url=settings.public_url,
        target=target(settings),
        receipts=TWILIO_RECEIPTS,
        again=AGAIN["twilio"],
        receipt_gap=RECEIPT_GAP,
        on_change=bell.ring,
    )


def _at_options(settings: Settings, account: Account, bell: Bell) -> africastalking.Options:
    return africastalking.Options(
        username=account.id,
        api_key=account.secret,
        webhook_secret=account.webhook_secret or "",
        target=target(settings),
        receipts=AT_RECEIPTS,
        receipt_gap=RECEIPT_GAP,
        on_change=bell.ring,
    )


def _meta_options(settings: Settings, account: Account, bell: Bell) -> meta.Options:
    return meta.Options(
        app_secret=account.webhook_secret or "",
        access_token=account.secret,
        public_url=settings.public_url,
        target=target(settings),
        receipts=META_RECEIPTS,
        again=AGAIN["meta"],
        receipt_gap=RECEIPT_GAP,
        on_change=bell.ring,
        any_template=True,
    )
