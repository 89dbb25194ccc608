"""`GET /r/<token>`: what the books say now of one paid order, for whoever has its link. No phone numbers
and no names of people stand there, and nothing leads on from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, request

from bot.entry.visitors import counted
from bot.receipt_links import ReceiptLinks
from bot.world import World
from channels.channel import Medium
from channels.render import Reader, Words
from channels.render.words import FALLBACK
from flows.customer.verified import BADGE
from flows.message import Message, verbatim
from flows.money import Money
from flows.ports.quote import Saving, SavingKind
from flows.ports.records import Receipt, Standing
from flows.rails import rail_name
from store.models import ShopRow
from store.receipts import receipt_at
from store.standing import is_verified
from store.transaction import run

STANDINGS: Mapping[Standing, Message] = {
    Standing.PAID: Message("receipt-paid"),
    Standing.PARTLY: Message("receipt-partly"),
    Standing.BACK: Message("receipt-back"),
    Standing.VOID: Message("receipt-void"),
}
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def blueprint(world: World) -> Blueprint:
    """The page, which needs neither a session nor JavaScript."""
    links = ReceiptLinks.of(world.settings.secret_key.get_secret_value(), world.settings.public_url)
    pages = Blueprint("receipts", __name__, template_folder="templates")

    @pages.get("/r/<token>")
    @counted(world)
    def receipt(token: str) -> Response:
        prefix = links.opened(token)
        found = run(world.sessions, lambda s: receipt_at(s, prefix)) if prefix else None
        if found is None:
            return _unknown(world)
        return _page(world, *found)

    return pages


@dataclass(frozen=True, slots=True)
class Voice:
    """Says a message in the page's language."""

    words: Words
    reader: Reader

    def __call__(self, message: Message) -> str:
        return self.words.text(message, self.reader, Medium.WHATSAPP)


def _unknown(world: World) -> Response:
    locale = request.accept_languages.best_match(world.words.locales, FALLBACK) or FALLBACK
    say = Voice(world.words, Reader(locale, "UTC", "customer"))
    html = render_template(
        "receipt_unknown.html",
        locale=locale,
        title=say(Message("receipt-page-title")),
        text=say(Message("receipt-page-unknown")),
    )
    return Response(html, 404, headers=HEADERS)


def _page(world: World, shop: ShopRow, found: Receipt) -> Response:
    spoken = [str(locale) for locale in shop.locales]
    asked = request.args.get("in", "")
    locale = asked if asked in spoken else spoken[0]
    say = Voice(world.words, Reader(locale, shop.timezone, "customer"))
    others = [other for other in spoken if other != locale]
    html = render_template(
        "receipt.html",
        locale=locale,
        others=world.languages.names(others),
        shop=found.shop,
        verified=say(BADGE) if is_verified(shop) else "",
        good=found.standing in (Standing.PAID, Standing.PARTLY),
        title=say(Message("receipt-page-title")),
        standing=say(STANDINGS[found.standing]),
        number=say(Message("receipt-page-order", number=found.number, date=found.paid_at)),
        year=found.paid_at.astimezone(ZoneInfo(shop.timezone)).year,
        lines=[(f"{line.quantity} x {line.name}", say(_of(line.total))) for line in found.lines],
        sums=[(say(label), say(_of(amount))) for label, amount in _sums(found)],
        door=(say(Message("receipt-page-door")), say(_of(found.at_door))) if found.at_door else (),
        how=say(Message("receipt-page-how", how=_how(found))),
        back=say(Message("receipt-some-back", amount=found.back))
        if found.standing is Standing.PARTLY
        else "",
        checked=say(Message("receipt-page-checked", date=world.clock())),
    )
    return Response(html, headers=HEADERS)


def _sums(found: Receipt) -> Sequence[tuple[Message, Money]]:
    """What is not nothing, and the total. What was off the delivery is not in its fee any more."""
    nothing = Money.zero(found.total.currency)
    off = [s for s in found.savings if s.kind is not SavingKind.DELIVERY]
    named = sum((s.amount for s in off), nothing)
    parts = (
        *((_saved(saving), nothing - saving.amount) for saving in off),
        (Message("receipt-page-discount"), named - found.discount),
        (Message("receipt-page-delivery"), found.delivery_fee),
        (Message("receipt-page-tax"), found.tax or nothing),
    )
    told = [(label, amount) for label, amount in parts if amount]
    return (*told, (Message("receipt-page-total"), found.total))


def _saved(saving: Saving) -> Message:
    """By the name that customers know it by."""
    return verbatim(saving.name) if saving.name else Message("receipt-page-points")


def _of(amount: Money) -> Message:
    return Message("price-only", price=amount)


def _how(found: Receipt) -> Message:
    rail = rail_name(found.rail)
    if found.reference is None:
        return rail
    return Message("receipt-how", rail=rail, reference=found.reference)
