"""On a feature phone the ways on from a cart are on its first page, however much makes it cheaper."""

import re
from datetime import UTC, datetime

import pytest

from channels.channel import Medium
from channels.render import Reader, Words, render
from channels.shown import Page
from flows.ports.quote import Saving, SavingKind
from flows.reply import Reply
from intents.intent import Intent
from scripts.catalogues.texts import ROOT, catalogues
from tests.fakes.conversation import Conversation, item
from tests.fakes.ports import ugx

NOW = datetime(2026, 11, 21, 11, 5, tzinfo=UTC)
WORDS = Words(ROOT / "locales")
SAVINGS = (
    Saving(SavingKind.PROMOTION, "WEEKEND SPECIAL", ugx(12400)),
    Saving(SavingKind.COUPON, "CHRISTMAS10", ugx(11900)),
    Saving(SavingKind.POINTS, "", ugx(11200)),
)


@pytest.fixture
def talk() -> Conversation:
    talk = Conversation(medium="ussd")
    talk.shop.orders.savings = SAVINGS
    talk.shop.orders.tax = ugx(3888)
    talk.shop.cart.add("rice-5kg", 2)
    return talk


def pages(reply: Reply, language: str) -> tuple[Page, ...]:
    reader = Reader(language, "Africa/Kampala", "customer")
    shown = render(reply, Medium.USSD, reader, WORDS, NOW, provider="africastalking").shown
    assert shown is not None
    return shown.pages


def figures(page: Page) -> str:
    """Without what stands between thousands."""
    return re.sub(r"(?<=\d)[ ,.\u00a0\u202f](?=\d{3})", "", page.text)


@pytest.mark.parametrize("language", [locale for locale, _ in catalogues(ROOT)])
@pytest.mark.parametrize("seen", ["the cart", "a change of it"])
def test_every_option_is_on_the_first_page_and_every_saving_on_some(
    talk: Conversation, language: str, seen: str
) -> None:
    if seen == "the cart":
        talk.say(Intent.VIEW_CART)
    else:
        talk.say(Intent.ADD_TO_CART, item("rice-5kg", 1))
    assert talk.reply.menu is not None
    first, *rest = pages(talk.reply, language)
    assert {option.id for option in talk.reply.menu.options} <= set(first.options.values())
    [to_pay] = [m.values["total"] for m in talk.reply.messages if m.key == "cart-to-pay"]
    assert str(to_pay.minor) in figures(first)
    everything = "".join(map(figures, (first, *rest)))
    assert all(str(saving.amount.minor) in everything for saving in SAVINGS)


def test_what_fits_one_page_stays_in_its_order(talk: Conversation) -> None:
    talk.shop.orders.savings = SAVINGS[:1]
    talk.shop.orders.tax = ugx(0)
    talk.say(Intent.VIEW_CART)
    (page,) = pages(talk.reply, "en")
    lines = page.text.splitlines()
    assert lines.index("WEEKEND SPECIAL: -UGX 12,400") < lines.index("1 Check out")
