"""`GET /pictures/<name>.jpg`: the picture of something that a shop sells, for WhatsApp and for pages."""

from flask import Blueprint, Response, request

from bot.world import World
from store.pictures.showing import ENDING, SHOWN_UNDER, find
from store.transaction import run

# Another picture has another name; but one may have to go.
HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def blueprint(world: World) -> Blueprint:
    pictures = Blueprint("pictures", __name__)

    @pictures.get(f"{SHOWN_UNDER}<string(length=32):name>{ENDING}")
    def picture(name: str) -> Response:
        content = run(world.sessions, lambda session: find(session, name, world.clock()))
        if content is None:
            return Response("not found", 404, mimetype="text/plain")
        answer = Response(content, mimetype="image/jpeg", headers=HEADERS)
        answer.set_etag(name)
        answer.make_conditional(request)
        return answer

    return pictures
