"""`/lab`: the page with the handsets, what stands on them, and what their owners do.

For a browser on this machine only, and not there at all in production.
"""

from functools import partial

from flask import Blueprint, Response, abort, render_template, request

from bot.lab.actions import Actions
from bot.lab.bench import Bench, introduce, lay_out
from bot.lab.board import draw
from bot.lab.circuits import Side
from bot.lab.emulators import Emulators
from bot.lab.guard import admit
from bot.lab.handsets import Handsets
from bot.lab.phones import pretty
from bot.lab.stream import Streams
from bot.world import World
from channels.channel import Medium
from store.transaction import run

# Nothing but the lab's own scripts and styles; pictures may come from where the shop keeps them.
POLICY = "default-src 'self'; img-src * data:; base-uri 'none'; frame-ancestors 'none'"


def blueprint(world: World, emulators: Emulators) -> Blueprint:
    routes = Blueprint(
        "lab", __name__, url_prefix="/lab", template_folder="templates", static_folder="static"
    )
    handsets = Handsets(emulators, world.clock)
    streams = Streams(emulators.bell)
    actions = Actions(world, emulators, handsets)
    circuits = {
        side.value: [c for c in emulators.switches.circuits if c.side is side] for side in Side
    }

    def chosen() -> Bench | None:
        platform = world.settings.platform_sms_from
        return run(
            world.sessions, lambda session: lay_out(session, request.args, emulators, platform)
        )

    def bench() -> Bench:
        laid = chosen() or abort(404)
        introduce(laid, emulators)
        return laid

    @routes.before_request
    def only_from_here() -> None:
        admit(request)

    @routes.get("")
    def page() -> Response:
        html = render_template(
            "lab.html", bench=chosen(), circuits=circuits, Medium=Medium, pretty=pretty
        )
        return Response(html, headers={"Content-Security-Policy": POLICY})

    @routes.get("/board")
    def board() -> Response:
        drawn = draw(bench(), handsets, emulators.switches, world.sessions).as_json()
        return Response(drawn, mimetype="application/json", headers={"Cache-Control": "no-store"})

    @routes.get("/stream")
    def stream() -> Response:
        drawing = partial(draw, bench(), handsets, emulators.switches, world.sessions)
        events = streams.open(lambda: drawing().as_json())
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return Response(events, mimetype="text/event-stream", headers=headers)

    switch = "/switches/<circuit>/<name>"
    routes.add_url_rule("/whatsapp", view_func=actions.whatsapp, methods=["POST"])
    routes.add_url_rule("/whatsapp/tap", view_func=actions.tap, methods=["POST"])
    routes.add_url_rule("/sms", view_func=actions.sms, methods=["POST"])
    routes.add_url_rule("/ussd/dial", view_func=actions.dial, methods=["POST"])
    routes.add_url_rule("/ussd/reply", view_func=actions.reply, methods=["POST"])
    routes.add_url_rule("/ussd/cancel", view_func=actions.cancel, methods=["POST"])
    routes.add_url_rule("/wallet/<reference>/<answer>", view_func=actions.wallet, methods=["POST"])
    routes.add_url_rule(switch, view_func=actions.throw, methods=["POST"])
    routes.add_url_rule(f"{switch}/off", view_func=actions.switch_off, methods=["POST"])
    routes.add_url_rule("/heal", view_func=actions.heal, methods=["POST"])
    return routes
