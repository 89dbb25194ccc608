"""Wishes that are told by their wording and by no trained intent."""

from dataclasses import dataclass
from enum import StrEnum


class Wish(StrEnum):
    """What a customer wants with one of a few set phrases. The values name the lists of
    `locales/<code>/wishes.toml`."""

    OFFERS = "offers"
    USE_POINTS = "use_points"
    KEEP_POINTS = "keep_points"
    DROP_COUPON = "drop_coupon"
    SAVE_LIST = "save_list"
    LISTS = "lists"
    BUY_LIST = "buy_list"
    WISHLIST = "wishlist"
    TELL_WHEN_BACK = "tell_when_back"
    RETURN_GOODS = "return_goods"
    SCHEDULE = "schedule"
    REVIEWS = "reviews"
    SHARE = "share"
    MY_SHARES = "my_shares"
    WHOLESALE = "wholesale"
    FORGET_ME = "forget_me"
    SAVE_PLACE = "save_place"
    PLACES = "places"
    DROP_PLACE = "drop_place"
    OPEN_SHOP = "open_shop"
    TRY_AGAIN = "try_again"
    CODE_AGAIN = "code_again"
    CHANGE_PLACE = "change_place"


@dataclass(frozen=True, slots=True)
class Wished:
    """`number` is what stood for "#" in the phrase, `rest` the words that stood for "..." as they were
    written."""

    wish: Wish
    number: int | None = None
    rest: str = ""
