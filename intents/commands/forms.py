"""How each form is read: one row per form."""

from collections.abc import Mapping

from intents.commands.figures import with_code, with_figure, with_rider
from intents.commands.goods import perhaps_goods, with_figure_of_goods, with_floor, with_stock
from intents.commands.orders import alone, by_phone, with_number, with_text
from intents.commands.parts import Reading
from intents.commands.people import leaving, newcoming, numbering
from intents.commands.rules import Form
from intents.commands.shop import (
    with_coupon,
    with_listing,
    with_own_words,
    with_words,
    with_words_or_none,
)

FORMS: Mapping[Form, Reading] = {
    Form.ALONE: alone,
    Form.NUMBER: with_number,
    Form.NUMBER_AND_TEXT: with_text,
    Form.PERSON: by_phone(with_number),
    Form.PERSON_AND_TEXT: by_phone(with_text),
    Form.GOODS_AND_FIGURE: with_figure_of_goods,
    Form.STOCK_LINES: with_stock,
    Form.WORDS_AND_GOODS: with_words,
    Form.GOODS_AND_FLOOR: with_floor,
    Form.FIGURE: with_figure,
    Form.RIDER_AND_FIGURE: with_rider,
    Form.CODE: with_code,
    Form.LISTING: with_listing,
    Form.OWN_WORDS: with_own_words,
    Form.COUPON: with_coupon,
    Form.TIMES: with_words_or_none,
    Form.PERHAPS_GOODS: perhaps_goods,
    Form.NEWCOMER: newcoming,
    Form.LEAVER: leaving,
    Form.OWN_NUMBER: numbering,
}
