"""Keywords and extensions on the addresses that shops share, each given out once."""

import re
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from flows.ports.founding import Doorway
from intents.folding import fold
from store.addresses import keep_address
from store.founding.everyday import everyday_words
from store.ids import new_id
from store.models import AddressRow, LineRow, ShopRow
from store.platform_terms import PlatformTerms, SharedAddress
from store.scope import Scope
from store.shopfile.line_section import RESERVED

USSD = "ussd"
LONGEST = 12
FIRST_EXTENSION = 1
_LETTERS = re.compile(r"[a-z0-9]+")


def open_doors(scope: Scope, terms: PlatformTerms, shop: ShopRow) -> tuple[Doorway, ...]:
    """Lines of a new shop on every shared address. The platform's row is locked, so that two who open a
    shop at once get different words; one keyword is free on all of them."""
    places = [(each, _address(scope, each)) for each in terms.shared]
    taken = {address.id: _words(scope, address.id) for _, address in places}
    free = [place for place in places if None not in taken[place[1].id]]
    keyword = _keyword(shop.name, {w for words in taken.values() for w in words if w})
    doors = []
    for position, (place, address) in enumerate(free):
        ussd = place.channel == USSD
        word = _extension(taken[address.id]) if ussd else keyword
        scope.session.add(
            LineRow(
                id=new_id(),
                shop_id=shop.id,
                address_id=address.id,
                keyword=None if ussd else word,
                extension=word if ussd else None,
                position=position,
            )
        )
        doors.append(doorway(place, word))
    scope.session.flush()
    return tuple(doors)


def doors_of(scope: Scope, terms: PlatformTerms, shop_id: UUID) -> tuple[Doorway, ...]:
    """Those of a shop that was opened before."""
    rows = scope.session.execute(
        select(LineRow.keyword, LineRow.extension, AddressRow.channel, AddressRow.address)
        .join(AddressRow, AddressRow.id == LineRow.address_id)
        .where(LineRow.shop_id == shop_id)
        .order_by(LineRow.position)
    )
    shared = {(each.channel, each.address): each for each in terms.shared}
    return tuple(
        doorway(shared[channel, address], keyword or extension or "")
        for keyword, extension, channel, address in rows
        if (channel, address) in shared
    )


def doorway(place: SharedAddress, word: str) -> Doorway:
    """As people use it: what is dialled already says the extension."""
    if place.channel == USSD:
        return Doorway(place.channel, f"{place.number.removesuffix('#')}*{word}#", word)
    return Doorway(place.channel, place.number, word)


def _address(scope: Scope, place: SharedAddress) -> AddressRow:
    return keep_address(scope.session, place.channel, place.provider, place.address)


def _words(scope: Scope, address_id: UUID) -> set[str | None]:
    """What leads on from an address; None is in it where it belongs to one shop alone."""
    rows = scope.session.execute(
        select(LineRow.keyword, LineRow.extension).where(LineRow.address_id == address_id)
    )
    return {keyword or extension for keyword, extension in rows}


def _keyword(name: str, taken: Collection[str]) -> str:
    """The first word of the name that is free, then all of them, then with a number. Neither a figure nor
    what people say to other shops on the address ("YES", "rice 2") leads away from these."""
    words = [word.upper() for word in _LETTERS.findall(fold(name)) if len(word) > 1]
    whole = "".join(words)[: LONGEST + 4]
    heads = (words[0][:LONGEST], whole) if words else ()
    base = next((word for word in heads if not word.isdigit()), "SHOP")
    used = {word.casefold() for word in taken} | {word.casefold() for word in RESERVED}
    wanted: Sequence[str] = tuple(word for word in (base, whole) if word and _lone(word))
    number = 2
    made = next((word for word in wanted if word.casefold() not in used), "")
    while not made:
        numbered = f"{base}{number}"
        made = "" if numbered.casefold() in used else numbered
        number += 1
    return made


def _lone(word: str) -> bool:
    """Whether it can only mean a shop."""
    return not word.isdigit() and word.casefold() not in everyday_words()


def _extension(taken: Collection[str | None]) -> str:
    """The lowest that is free."""
    number = FIRST_EXTENSION
    while str(number) in taken:
        number += 1
    return str(number)
