"""`GET /s/<shop>` and `/s/<shop>/<product's code>`: a small page with the ways into a conversation, for
any browser and without script; and `/q/...`, the same as QR codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from flask import Blueprint, Response, render_template, request

from bot.entry import qr
from bot.entry.finding import Found, find
from bot.entry.links import link, page_path
from bot.entry.visitors import counted
from bot.receipts import HEADERS, Voice
from bot.world import World
from channels.render import Reader
from channels.render.words import FALLBACK
from flows.customer.verified import BADGE
from flows.message import Message
from flows.ports.catalogue import Product
from flows.ways import ALPHABET, TOKEN_LENGTH, By, dial_code
from store.sharing import opened
from store.standing import is_verified
from store.transaction import run

# Pictures come from wherever the seller keeps them.
PAGE_HEADERS = {
    **{name: value for name, value in HEADERS.items() if name != "X-Robots-Tag"},
    "Cache-Control": "public, max-age=60",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src * data:;"
    " base-uri 'none'; form-action 'none'",
    "Vary": "Accept-Language",
}
CODE_HEADERS = {
    "Cache-Control": "public, max-age=86400",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
}
PAGE = "page"


def blueprint(world: World) -> Blueprint:
    pages = Blueprint("entry", __name__, template_folder="../templates")

    @pages.get("/s/<slug>")
    @pages.get("/s/<slug>/<token:token>")
    @pages.get("/s/<slug>/<int:code>")
    @pages.get("/s/<slug>/<int:code>/<token:token>")
    @counted(world)
    def page(slug: str, code: int | None = None, token: str | None = None) -> Response:
        found = run(world.sessions, lambda s: find(world, s, slug, code, token))
        if found is None:
            return _unknown(world)
        if token is not None:
            run(world.sessions, lambda s: opened(s, found.shop.id, token))
        return _page(world, found)

    @pages.get("/q/<slug>.<any(png, svg):kind>")
    @pages.get("/q/<slug>/<int:code>.<any(png, svg):kind>")
    @counted(world)
    def picture(slug: str, kind: str, code: int | None = None) -> Response:
        found = run(world.sessions, lambda s: find(world, s, slug, code, _token()))
        target = _target(world, found) if found is not None else None
        if target is None:
            return Response("not found", 404, mimetype="text/plain")
        return Response(qr.draw(target, kind), mimetype=qr.KINDS[kind], headers=CODE_HEADERS)

    return pages


def _token() -> str | None:
    """Who shared it, where that is said in the form of a token."""
    said = request.args.get("by", "")
    return said if len(said) == TOKEN_LENGTH and set(said) <= set(ALPHABET) else None


def _target(world: World, found: Found) -> str | None:
    """What the code says, as `to` asks: the page, or one of the shop's ways."""
    to = request.args.get("to", PAGE)
    if to == PAGE:
        return world.settings.public_url + page_path(found.wanted)
    return next((link(way, found.wanted) for way in found.ways if way.by == to), None)


@dataclass(frozen=True, slots=True)
class Button:
    """One way in: its class of colour, where it leads, its words, and what they can be done by hand."""

    kind: str
    href: str
    words: str
    beneath: str = ""


def _page(world: World, found: Found) -> Response:
    shop, product = found.shop, found.product
    spoken = [str(locale) for locale in shop.locales]
    locale = request.args.get("in") or request.accept_languages.best_match(spoken) or spoken[0]
    locale = locale if locale in spoken else spoken[0]
    say = Voice(world.words, Reader(locale, shop.timezone, "customer"))
    html = render_template(
        "entry.html",
        locale=locale,
        others=world.languages.names([other for other in spoken if other != locale]),
        shop=shop.name,
        location=shop.location,
        verified=say(BADGE) if is_verified(shop) else "",
        home=page_path(found.wanted) if product is None else f"/s/{shop.slug}",
        product=product,
        preview=_preview(world, product),
        price=say(_price(product)) if product is not None else "",
        sold_out=say(Message("product-sold-out")) if product and product.sold_out else "",
        kinds=[(v.label, say(Message("price-only", price=v.price))) for v in product.variants]
        if product
        else [],
        buttons=_buttons(found, say),
        none=say(Message("entry-no-way")) if not found.ways else "",
        goods=[(page_path_of(found, each), each.name, say(_price(each))) for each in found.goods],
        sells=say(Message("entry-sells")),
    )
    return Response(html, headers=PAGE_HEADERS)


def _preview(world: World, product: Product | None) -> str:
    """The picture as other sites are to fetch it; what is shown here is kept as a path."""
    picture = product.picture if product is not None else None
    return urljoin(f"{world.settings.public_url}/", picture) if picture else ""


def page_path_of(found: Found, product: Product) -> str:
    """The page of one of the shop's goods, of which the same person gets the credit."""
    token = f"/{found.wanted.token}" if found.wanted.token else ""
    return f"/s/{found.shop.slug}/{product.code}{token}"


def _price(product: Product) -> Message:
    """ "From" where its kinds differ."""
    if len({kind.price for kind in product.variants}) > 1:
        return Message("entry-price-from", price=product.price)
    return Message("price-only", price=product.price)


def _buttons(found: Found, say: Voice) -> Sequence[Button]:
    wanted = found.wanted
    made = []
    for way in found.ways:
        beneath = ""
        if way.by is By.USSD:
            beneath = dial_code(way, wanted.code)
        words = say(Message(f"entry-by-{way.by.value}"))
        made.append(Button(way.by.value, link(way, wanted), words, beneath))
    return made


def _unknown(world: World) -> Response:
    locale = request.accept_languages.best_match(world.words.locales, FALLBACK) or FALLBACK
    say = Voice(world.words, Reader(locale, "UTC", "customer"))
    html = render_template("entry_unknown.html", locale=locale, text=say(Message("entry-unknown")))
    return Response(html, 404, headers={**PAGE_HEADERS, "Cache-Control": "no-store"})
