"""`GET /pictures/<name>.jpg`: the picture of something that a shop sells, for WhatsApp and for pages."""

from flask import Blueprint, Response, request

from bot.entry.visitors import counted
from bot.limits import Visit
from bot.world import World
from store.pictures.showing import ENDING, SHOWN_UNDER, find
from store.transaction import run

# Another picture has another name, so nobody need ask for one again. But one may have to go: caches that
# show it to others have it for an hour, a browser that has seen it for a day.
HEADERS = {
    "Cache-Control": "public, max-age=86400, s-maxage=3600, immutable",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def blueprint(world: World) -> Blueprint:
    pictures = Blueprint("pictures", __name__)

    @pictures.get(f"{SHOWN_UNDER}<string(length=32):name>{ENDING}")
    @counted(world, Visit.PICTURE)
    def picture(name: str) -> Response:
        content = run(world.sessions, lambda session: find(session, name, world.clock()))
        if content is None:
            gone = {"Cache-Control": "no-store"}
            return Response("not found", 404, mimetype="text/plain", headers=gone)
        answer = Response(content, mimetype="image/jpeg", headers=HEADERS)
        answer.set_etag(name)
        answer.make_conditional(request)
        return answer

    return pictures
