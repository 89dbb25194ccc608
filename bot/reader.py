"""What a message says, to whom it says it: a choice of the menu shown, a word of a seller or rider, or
a sentence of a customer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from bot.desk import HUMAN
from bot.inbox import attachment, basket
from bot.said_options import named, own_place, pointed_at
from bot.talk import CUSTOMER, RIDER, SELLER, Talk
from channels.channel import Medium
from channels.render.answer import PageTurn, resolve
from channels.shown import Shown, load
from flows.heard import Attachment, Choice, Dialled, Entered, Heard, MediaKind, Stale
from flows.message import Message, verbatim
from flows.place import Spot
from flows.reply import Menu, Option, Reply
from flows.ways import read_code, read_opening
from intents import understand
from intents.command import Command, Word
from intents.commands.reading import read_command
from intents.intent import Intent
from intents.keywords import Navigation, is_start, is_stop, read_navigation
from intents.understanding import Catalogue, Context, Understanding
from intents.wish import Wish
from store.models import InboxRow
from store.standing import is_platform

# Words that both sellers and riders have, and mean about different things.
SHARED = frozenset({Word.NO, Word.PICKED, Word.DELIVERED, Word.HELP, Word.BALANCE, Word.PAYOUT})
# A dropped USSD session can be gone on with for this long.
RESUMED_WITHIN = timedelta(hours=24)
# A sentence this sure to be shopping is a customer's, also from a seller's phone.
SHOPPING = 0.75
BUYING = frozenset(
    {
        Intent.SEARCH, Intent.BROWSE, Intent.ASK_PRICE, Intent.ASK_AVAILABILITY, Intent.ADD_TO_CART,
        Intent.UPDATE_CART, Intent.REMOVE_FROM_CART, Intent.VIEW_CART, Intent.CLEAR_CART,
        Intent.CHECKOUT, Intent.REORDER,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """`heard`, said as `role`."""

    role: str
    heard: Heard


@dataclass(frozen=True, slots=True)
class Goods:
    """What can be spoken of: all that the shop sells, and the skus in this person's cart."""

    names: Catalogue
    in_cart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A word that this person could mean as seller or as rider: `reply` asks."""

    reply: Reply


Read = Reading | PageTurn | Ambiguous


def shown_on(talk: Talk, address_id: UUID) -> Shown | None:
    """The last menu as this person saw it on this address."""
    kept = talk.row.shown.get(str(address_id))
    if not kept:
        return None
    try:
        return load(kept)
    except ValueError:
        return None


def read(talk: Talk, row: InboxRow, goods: Goods) -> Read:
    """Decide. Needs no statement: everything was loaded with the conversation's lock."""
    shown = shown_on(talk, row.address_id)
    if row.medium == Medium.USSD:
        return _read_dialled(talk, row, shown, goods)
    arrived = attachment(row)
    if arrived is not None:
        return _sent(talk, row, arrived)
    ordered = basket(row)
    if ordered is not None:
        return Reading(CUSTOMER, ordered)
    if is_stop(row.text, talk.shop.locales):
        return Reading(CUSTOMER, _said(talk, row.text, Intent.OPT_OUT))
    if is_start(row.text, talk.shop.locales):
        return Reading(CUSTOMER, _said(talk, row.text, Intent.OPT_IN))
    opening = read_opening(row.text, (talk.shop.name, talk.shop.slug))
    if opening is not None and (opening.token or shown is None or not _is_number(row.text)):
        return Reading(CUSTOMER, Entered(opening.code, opening.token))
    held = talk.row.held_by == HUMAN
    # While people talk, a "1" may be an answer to them.
    menu = None if held and shown is not None and shown.role == CUSTOMER else shown
    chosen = resolve(row.text, row.payload.get("choice"), menu, row.received_at)
    chosen = chosen or own_place(row.text, menu)
    if isinstance(chosen, PageTurn):
        return chosen
    if isinstance(chosen, Choice | Stale):
        return _chosen(talk, chosen, shown)
    way = read_navigation(row.text, talk.shop.locales)
    if way is Navigation.MORE and shown is not None and shown.page + 1 < len(shown.pages):
        return PageTurn(shown.page + 1)
    if way is not None and way is not Navigation.MORE:
        return Reading(shown.role if shown is not None else CUSTOMER, Choice(way.value))
    said = named(talk, row.text, menu) or pointed_at(talk, row.text, menu, row.received_at)
    if said is not None:
        return _chosen(talk, said, shown)
    code = read_code(row.text)
    if code is not None and shown is None and talk.asked(CUSTOMER) is None and not held:
        # As it stands on posters: "KATO 12", of which the keyword has been taken.
        return Reading(CUSTOMER, Entered(code))
    return _worded(talk, row, shown, goods)


def _sent(talk: Talk, row: InboxRow, arrived: Attachment) -> Reading:
    """A picture from the shop's own people is of what it sells; the platform sells nothing. The keyword
    of a shared address is no part of what stands under it."""
    sells = _member(talk, SELLER) and row.payload.get("role") in (None, SELLER)
    if arrived.kind is not MediaKind.PICTURE or not sells or is_platform(talk.shop):
        return Reading(CUSTOMER, arrived)
    return Reading(SELLER, replace(arrived, caption=row.text))


def _is_number(text: str) -> bool:
    """Whether it may be an answer to a menu, or to a question."""
    return text.strip().lstrip("#").strip().isdigit()


def _read_dialled(talk: Talk, row: InboxRow, shown: Shown | None, goods: Goods) -> Read:
    """A USSD hop: the input is what came after the session's last cumulative text."""
    session = talk.row.ussd.get(str(row.address_id)) or {}
    if session.get("id") != row.payload.get("session"):
        return Reading(CUSTOMER, Dialled(row.text, _resumable(talk, row)))
    before = str(session.get("text", ""))
    typed = row.text.removeprefix(before).removeprefix("*") if before else row.text
    chosen = resolve(typed, None, shown, row.received_at) or own_place(typed, shown)
    if isinstance(chosen, PageTurn):
        return chosen
    heard: Choice | Stale | None = chosen if isinstance(chosen, Choice) else None
    heard = (
        heard
        or own_place(typed, shown)
        or named(talk, typed, shown)
        or pointed_at(talk, typed, shown, row.received_at)
    )
    return Reading(CUSTOMER, heard or _understood(talk, typed, goods))


def _resumable(talk: Talk, row: InboxRow) -> bool:
    place = talk.place(CUSTOMER)
    last = talk.row.last_inbound_at
    return not (place is None or last is None or row.received_at - last > RESUMED_WITHIN)


def _chosen(talk: Talk, chosen: Choice | Stale, shown: Shown | None) -> Read:
    if isinstance(chosen, Choice) and chosen.name in ("as-seller", "as-rider"):
        role = chosen.name.removeprefix("as-")
        command = read_command(chosen.argument, role, talk.shop.locales)
        if command is not None and _member(talk, role):
            return Reading(role, command)
    role = shown.role if shown is not None else CUSTOMER
    if role != CUSTOMER and not _member(talk, role):
        role = CUSTOMER
    return Reading(role, chosen)


def _worded(talk: Talk, row: InboxRow, shown: Shown | None, goods: Goods) -> Read:
    """Free text: a word of somebody who works here, else a customer's sentence."""
    forced = row.payload.get("role")
    roles = [r for r in (SELLER, RIDER) if _member(talk, r) and forced in (None, r)]
    busy_buying = shown is not None and shown.role == CUSTOMER and not _asks_role(shown)
    commands: dict[str, Command] = {}
    for role in roles:
        command = read_command(row.text, role, talk.shop.locales)
        if command is None:
            continue
        if command.exact or command.number is not None or not busy_buying:
            commands[role] = command
    if len(commands) == 2 and not forced:
        return _which_role(commands, row.text)
    for role, command in commands.items():
        return Reading(role, command)
    if shown is not None and shown.role in roles and talk.asked(shown.role) is not None:
        # An answer in words to what somebody was asked as a seller or rider.
        return Reading(shown.role, _understood(talk, row.text, goods, shown.role))
    sentence = _understood(talk, row.text, goods)
    if roles and not _shops(talk, row, shown, sentence):
        return Reading(_last_role(roles, shown), sentence)
    return Reading(CUSTOMER, sentence)


def _asks_role(shown: Shown) -> bool:
    """Whether what is on the screen is the question of `_which_role`."""
    ids = (option for page in shown.pages for option in page.options.values())
    return any(Choice(option).name in ("as-seller", "as-rider") for option in ids)


def _which_role(commands: dict[str, Command], text: str) -> Read:
    """One phone that sells and rides: an exact word of one role wins over a near miss of the other."""
    exact = [role for role, command in commands.items() if command.exact]
    if len(exact) == 1 and commands[exact[0]].word not in SHARED:
        return Reading(exact[0], commands[exact[0]])
    if not any(command.word in SHARED for command in commands.values()):
        best = exact[0] if exact else SELLER
        return Reading(best, commands[best])
    options = (
        Option(f"as-seller:{text}", Message("as-seller")),
        Option(f"as-rider:{text}", Message("as-rider")),
    )
    return Ambiguous(Reply((Message("as-which-role", words=verbatim(text)),), Menu(options)))


def would_leave(sentence: Understanding) -> bool:
    """Whether somebody wants to be forgotten."""
    return sentence.wish is not None and sentence.wish.wish is Wish.FORGET_ME


def _shops(talk: Talk, row: InboxRow, shown: Shown | None, sentence: Understanding) -> bool:
    """Does somebody who works here write as a customer? On WhatsApp always; by SMS when they are
    in the middle of buying, or plainly want to. A greeting alone is not that."""
    if row.medium == Medium.WHATSAPP:
        return True
    if would_leave(sentence):
        return True
    buying = talk.asked(CUSTOMER) is not None if shown is None else shown.role == CUSTOMER
    return buying or (sentence.intent in BUYING and sentence.confidence >= SHOPPING)


def _last_role(roles: Sequence[str], shown: Shown | None) -> str:
    """The role of what is on their screen, else the first that they have."""
    return shown.role if shown is not None and shown.role in roles else roles[0]


def _member(talk: Talk, role: str) -> bool:
    return (talk.staff if role == SELLER else talk.rider) is not None


def _understood(talk: Talk, text: str, goods: Goods, role: str = CUSTOMER) -> Understanding:
    place = talk.place(role)
    spot = place.spot if place is not None else Spot("home")
    last = spot.data.get("sku")
    context = Context(
        locale=talk.locale,
        locales=tuple(str(locale) for locale in talk.shop.locales),
        country=talk.shop.country,
        asked=talk.asked(role),
        last_sku=last if isinstance(last, str) else None,
        in_cart=goods.in_cart,
    )
    return understand(text, context, goods.names)


def _said(talk: Talk, text: str, intent: Intent) -> Understanding:
    return Understanding(text=text, locale=talk.locale, intent=intent, confidence=1.0)
