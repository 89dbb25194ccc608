"""Who may say which word, and what may stand with it: one row per word."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from intents.command import Word


class Form(Enum):
    """What may stand with a word. NUMBER is an order's; a bare word is possible with all of them.

    A PERSON is named by their order, or by phone when they have none.
    """

    ALONE = auto()
    NUMBER = auto()
    NUMBER_AND_TEXT = auto()
    PERSON = auto()
    PERSON_AND_TEXT = auto()
    GOODS_AND_FIGURE = auto()
    WORDS_AND_GOODS = auto()
    GOODS_AND_FLOOR = auto()
    FIGURE = auto()
    RIDER_AND_FIGURE = auto()
    CODE = auto()
    LISTING = auto()
    OWN_WORDS = auto()
    COUPON = auto()
    TIMES = auto()
    PERHAPS_GOODS = auto()
    STOCK_LINES = auto()
    NEWCOMER = auto()
    LEAVER = auto()
    OWN_NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """Who says a word and with what. `spoken`: customers and talkers say it too when it stands alone.
    `slips`: it is known with a slip too, which is not so where another word lies that near ("flour")."""

    roles: frozenset[str]
    form: Form
    spoken: bool = False
    slips: bool = True


_BOTH = frozenset({"seller", "rider"})
_SELLER = frozenset({"seller"})
_RIDER = frozenset({"rider"})

RULES: Mapping[Word, Rule] = {
    Word.OK: Rule(_SELLER, Form.NUMBER, spoken=True),
    Word.NO: Rule(_BOTH, Form.NUMBER_AND_TEXT, spoken=True),
    Word.READY: Rule(_SELLER, Form.NUMBER, spoken=True),
    Word.STOCK: Rule(_SELLER, Form.STOCK_LINES, spoken=True),
    Word.PRICE: Rule(_SELLER, Form.GOODS_AND_FIGURE, spoken=True),
    Word.ALIAS: Rule(_SELLER, Form.WORDS_AND_GOODS),
    Word.MISSES: Rule(_SELLER, Form.ALONE),
    Word.FLOOR: Rule(_SELLER, Form.GOODS_AND_FLOOR, spoken=True, slips=False),
    Word.SALE: Rule(_SELLER, Form.GOODS_AND_FLOOR, spoken=True, slips=False),
    Word.PROMO: Rule(_SELLER, Form.WORDS_AND_GOODS, slips=False),
    Word.AREA: Rule(_SELLER, Form.GOODS_AND_FLOOR, spoken=True, slips=False),
    Word.AREAS: Rule(_SELLER, Form.ALONE, slips=False),
    Word.WEATHER: Rule(_SELLER, Form.WORDS_AND_GOODS, spoken=True, slips=False),
    Word.ORDERS: Rule(_SELLER, Form.ALONE),
    Word.SALES: Rule(_SELLER, Form.ALONE),
    Word.SCORE: Rule(_SELLER, Form.ALONE, slips=False),
    Word.OPEN: Rule(_SELLER, Form.ALONE),
    Word.CLOSE: Rule(_SELLER, Form.ALONE),
    Word.RETURN: Rule(_SELLER, Form.NUMBER, slips=False),
    Word.RETURNED: Rule(_SELLER, Form.NUMBER, slips=False),
    Word.REPAIR: Rule(_SELLER, Form.NUMBER, spoken=True),
    Word.WITHOUT: Rule(_SELLER, Form.NUMBER_AND_TEXT, spoken=True, slips=False),
    Word.REPLY: Rule(_SELLER, Form.PERSON_AND_TEXT, spoken=True),
    Word.BOT: Rule(_SELLER, Form.PERSON, spoken=True),
    Word.BALANCE: Rule(_BOTH, Form.ALONE),
    Word.PAYOUT: Rule(_BOTH, Form.FIGURE),
    Word.SETPAYOUT: Rule(_SELLER, Form.OWN_NUMBER, slips=False),
    Word.CASH: Rule(_SELLER, Form.RIDER_AND_FIGURE, spoken=True, slips=False),
    Word.CODE: Rule(_SELLER, Form.CODE, slips=False),
    Word.ADD: Rule(_SELLER, Form.LISTING, spoken=True, slips=False),
    Word.NAME: Rule(_SELLER, Form.OWN_WORDS, spoken=True, slips=False),
    Word.HIDE: Rule(_SELLER, Form.OWN_WORDS, spoken=True, slips=False),
    Word.SHOW: Rule(_SELLER, Form.OWN_WORDS, spoken=True, slips=False),
    Word.PICTURE: Rule(_SELLER, Form.OWN_WORDS, spoken=True, slips=False),
    Word.COUPON: Rule(_SELLER, Form.COUPON, spoken=True, slips=False),
    Word.LINK: Rule(_SELLER, Form.PERHAPS_GOODS, slips=False),
    Word.SHARES: Rule(_SELLER, Form.ALONE, slips=False),
    Word.PAUSE: Rule(_SELLER, Form.TIMES, slips=False),
    Word.HOURS: Rule(_SELLER, Form.OWN_WORDS, spoken=True, slips=False),
    **dict.fromkeys((Word.STAFF, Word.RIDER), Rule(_SELLER, Form.NEWCOMER, slips=False)),
    Word.REMOVE: Rule(_SELLER, Form.LEAVER, slips=False),
    Word.VERIFY: Rule(_SELLER, Form.OWN_WORDS, slips=False),
    Word.REJECT: Rule(_SELLER, Form.OWN_WORDS, slips=False),
    Word.APPROVE: Rule(_SELLER, Form.NUMBER),
    Word.LIST: Rule(_SELLER, Form.GOODS_AND_FIGURE, spoken=True, slips=False),
    Word.UNLIST: Rule(_SELLER, Form.PERHAPS_GOODS),
    Word.CATALOGUE: Rule(_SELLER, Form.PERHAPS_GOODS),
    Word.SUPPLY: Rule(_SELLER, Form.NUMBER_AND_TEXT, spoken=True),
    Word.RETAIL: Rule(_SELLER, Form.NUMBER_AND_TEXT),
    Word.HELP: Rule(_BOTH, Form.NUMBER, spoken=True),
    Word.PICKED: Rule(_BOTH, Form.NUMBER, spoken=True),
    Word.DELIVERED: Rule(_BOTH, Form.NUMBER_AND_TEXT, spoken=True),
    Word.ON: Rule(_RIDER, Form.ALONE),
    Word.OFF: Rule(_RIDER, Form.ALONE),
    Word.YES: Rule(_RIDER, Form.NUMBER, spoken=True),
    Word.FAIL: Rule(_BOTH, Form.NUMBER_AND_TEXT),
    Word.JOBS: Rule(_RIDER, Form.ALONE),
    Word.UNDO: Rule(_RIDER, Form.NUMBER),
    Word.PASS: Rule(_RIDER, Form.NUMBER, slips=False),
    Word.ASSIGN: Rule(_SELLER, Form.NUMBER_AND_TEXT),
    Word.BACK: Rule(_BOTH, Form.NUMBER, slips=False),
    Word.HANDED: Rule(_RIDER, Form.FIGURE),
    Word.DAY: Rule(_RIDER, Form.ALONE),
}
