"""Conversations that are written down once in several languages, and walked in one of them."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path

from sqlalchemy import select

from bot.languages import KnownLanguages
from channels.meta.emulator import Who
from intents.language_files import LOCALES
from store.models import CartLineRow, CartRow, PersonRow
from tests.e2e.handsets import Dialled, Handset, Tapping, Texting
from tests.e2e.house import House, code_in
from tests.e2e.meta_phone import MetaPhone
from tests.e2e.sayings import pattern_of, plain

FOLDER = Path(__file__).parent / "conversations"
LANGUAGES = ("en", "fr", "sw", "pcm")
SHOP = "soko"
CUSTOMER, SELLER, RIDER = "+256772300011", "+256772100011", "+256772200011"
STAFF = {"seller": SELLER, "rider": RIDER}


@dataclass(frozen=True, slots=True)
class Turn:
    """Words in each language, or an option (`choose` by the key of its label, `label` where it is called
    the same in all of them), or a deed of the wallet's holder, or nothing but what is read next.

    `hears` are keys of texts that the answer says, in the language of who reads it; `shows` is in it
    too. `cart` is what is in the cart afterwards. `settled`: from here on the customer is written to in
    their language; before, the shop may still be finding it out.
    """

    who: str = "customer"
    on: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    choose: str = ""
    label: str = ""
    deed: str = ""
    hears: tuple[str, ...] = ()
    shows: str = ""
    cart: Mapping[str, int] | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """`orders` are what all of it leads to, without what differs from one customer to the next."""

    name: str
    medium: str
    turns: tuple[Turn, ...]
    orders: tuple[Mapping[str, object], ...]
    shop: str = SHOP


def conversations() -> list[Conversation]:
    return [_read(path) for path in sorted(FOLDER.glob("*.toml"))]


def _read(path: Path) -> Conversation:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    turns = tuple(_turn(path, place, turn) for place, turn in enumerate(table["turns"], start=1))
    return Conversation(path.stem, table["medium"], turns, tuple(table.get("orders", ())))


def _turn(path: Path, place: int, table: Mapping[str, object]) -> Turn:
    words = {locale: str(table[locale]) for locale in LANGUAGES if locale in table}
    rest = {name: value for name, value in table.items() if name not in LANGUAGES}
    unknown = set(rest) - {known.name for known in fields(Turn)}
    assert not unknown, f"{path.name}, turn {place}: {unknown}"
    assert not words or len(words) == len(LANGUAGES), f"{path.name}, turn {place}: {words}"
    hears = rest.pop("hears", ())
    keys = (hears,) if isinstance(hears, str) else tuple(hears)  # type: ignore[arg-type]
    return Turn(words=words, hears=keys, **rest)  # type: ignore[arg-type]


@dataclass(slots=True)
class Walk:
    """One customer, who writes in one language, and the people of the shop."""

    house: House
    locale: str
    medium: str
    handsets: dict[str, Handset] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    settled: bool = True

    def go(self, turns: tuple[Turn, ...]) -> None:
        self.settled = not any(turn.settled for turn in turns)
        # Who waits for a message must be listening before it comes.
        for turn in turns:
            self._handset(turn)
        for place, turn in enumerate(turns, start=1):
            try:
                self._take(turn)
            except AssertionError as fault:
                told = "\n".join(self.said[-6:])
                raise AssertionError(
                    f"turn {place} in {self.locale}, {turn}:\n{told}\n{fault}"
                ) from fault

    def _take(self, turn: Turn) -> None:
        self.settled = self.settled or turn.settled
        handset = self._handset(turn)
        if turn.deed:
            self._do(turn.deed, handset)
        elif turn.words:
            handset.say(self._filled(turn.words[self.locale]))
        elif turn.choose:
            handset.choose(self._pattern(turn.choose, turn, handset))
        elif turn.label:
            handset.choose(re.compile(re.escape(plain(self._filled(turn.label)))))
        silent = turn.deed and not turn.hears
        answer = "" if silent else handset.read(self._awaited(turn, handset))
        if turn.words or answer:
            self.said += [f"> {turn.words.get(self.locale, '')}", answer]
        if turn.cart is not None:
            assert self.cart() == turn.cart, f"cart: {self.cart()}"

    def _do(self, deed: str, handset: Handset) -> None:
        if deed == "approve":
            self.house.approve(CUSTOMER)
        elif deed == "refuse":
            self.house.wallets.refuse(self.house.prompt(CUSTOMER).reference)
        else:
            assert deed == "hang up", deed
            assert isinstance(handset, Dialled)
            handset.hang_up()

    def _filled(self, words: str) -> str:
        """With the name of the language, and the one-time or the delivery code that was read last."""
        words = words.replace("{language}", KnownLanguages(LOCALES).name(self.locale))
        if "{once}" in words:
            codes = [c for text in self.said for c in re.findall(r"(?<![\d+])\d{6}(?!\d)", text)]
            words = words.replace("{once}", codes[-1])
        if "{code}" not in words:
            return words
        told = next(text for text in reversed(self.said) if re.search(r"\b(?!1001)\d{4}\b", text))
        return words.replace("{code}", code_in(told))

    def _awaited(self, turn: Turn, handset: Handset) -> list[re.Pattern[str]]:
        keys = [self._pattern(key, turn, handset) for key in turn.hears]
        return [*keys, re.compile(re.escape(plain(turn.shows)))]

    def _pattern(self, key: str, turn: Turn, handset: Handset) -> re.Pattern[str]:
        """The text in the language of its reader. Who works here reads the shop's first."""
        locales = ["en"] if turn.who in STAFF else [self.locale]
        if not self.settled:
            locales.append("en")
        words = self.house.world.words
        found = (pattern_of(words, key, locale, handset.medium) for locale in locales)
        return re.compile("|".join(f"(?:{pattern.pattern})" for pattern in found))

    def _handset(self, turn: Turn) -> Handset:
        name = turn.who if turn.who in STAFF else turn.on or self.medium
        if name not in self.handsets:
            self.handsets[name] = OPENED[name](self.house)
        return self.handsets[name]

    def cart(self) -> dict[str, int]:
        """What is in the customer's cart, by the books."""
        return cart_of(self.house, CUSTOMER)


def cart_of(house: House, phone: str) -> dict[str, int]:
    """How many of each sku are in somebody's open cart, by the books."""
    lines = (
        select(CartLineRow.sku, CartLineRow.quantity)
        .join(CartRow, CartRow.id == CartLineRow.cart_id)
        .join(PersonRow, PersonRow.id == CartRow.person_id)
        .where(PersonRow.phone == phone, CartRow.status == "open")
    )
    return house.in_books(lambda session: dict(session.execute(lines).all()))


def _texting(number: str, medium: str, to: str, provider: str, house: House) -> Handset:
    if medium == "whatsapp":
        return Texting(house.whatsapp(number, to))
    return Texting(house.sms(number, to, provider))


OPENED: Mapping[str, Callable[[House], Handset]] = {
    "whatsapp": partial(_texting, CUSTOMER, "whatsapp", "+256312000011", "twilio"),
    "sms": partial(_texting, CUSTOMER, "sms", "+256312000012", "twilio"),
    "shortcode": partial(_texting, CUSTOMER, "sms", "22884", "africastalking"),
    "seller": partial(_texting, SELLER, "sms", "+256312000012", "twilio"),
    "rider": partial(_texting, RIDER, "sms", "+256312000012", "twilio"),
    "meta": lambda house: Tapping(
        MetaPhone(house, Who(CUSTOMER, "UG.1", "Amina"), "100000000000011")
    ),
    "ussd": lambda house: Dialled(house, CUSTOMER, "*284*78#"),
}
