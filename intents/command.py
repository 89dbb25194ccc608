"""The words by which sellers and riders run their work, as values."""

from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """A word of sellers, of riders, or of both."""

    OK = "OK"
    NO = "NO"
    READY = "READY"
    STOCK = "STOCK"
    PRICE = "PRICE"
    ALIAS = "ALIAS"
    MISSES = "MISSES"
    FLOOR = "FLOOR"
    SALE = "SALE"
    PROMO = "PROMO"
    AREA = "AREA"
    AREAS = "AREAS"
    WEATHER = "WEATHER"
    ORDERS = "ORDERS"
    SALES = "SALES"
    SCORE = "SCORE"
    OPEN = "OPEN"
    CLOSE = "CLOSE"
    RETURN = "RETURN"
    RETURNED = "RETURNED"
    REPAIR = "REPAIR"
    WITHOUT = "WITHOUT"
    REPLY = "REPLY"
    BOT = "BOT"
    BALANCE = "BALANCE"
    PAYOUT = "PAYOUT"
    SETPAYOUT = "SETPAYOUT"
    CASH = "CASH"
    CODE = "CODE"
    ADD = "ADD"
    NAME = "NAME"
    HIDE = "HIDE"
    SHOW = "SHOW"
    PICTURE = "PICTURE"
    COUPON = "COUPON"
    LINK = "LINK"
    SHARES = "SHARES"
    VERIFY = "VERIFY"
    PAUSE = "PAUSE"
    HOURS = "HOURS"
    STAFF = "STAFF"
    RIDER = "RIDER"
    REMOVE = "REMOVE"
    REJECT = "REJECT"
    APPROVE = "APPROVE"
    RETAIL = "RETAIL"
    LIST = "LIST"
    UNLIST = "UNLIST"
    CATALOGUE = "CATALOGUE"
    SUPPLY = "SUPPLY"
    HELP = "HELP"
    PICKED = "PICKED"
    DELIVERED = "DELIVERED"
    ON = "ON"
    OFF = "OFF"
    YES = "YES"
    FAIL = "FAIL"
    JOBS = "JOBS"
    UNDO = "UNDO"
    PASS = "PASS"  # noqa: S105
    ASSIGN = "ASSIGN"
    BACK = "BACK"
    HANDED = "HANDED"
    DAY = "DAY"


@dataclass(frozen=True, slots=True)
class Command:
    """A word and what stands with it. `number` is an order's; `rest` is as written after both.

    `exact` is False for near misses ("REDY 1002") and for a bare word that people also say when they
    talk ("ok", "no"), so that the caller can weigh who says it and what is open.
    """

    word: Word
    number: int | None = None
    rest: str = ""
    exact: bool = True
