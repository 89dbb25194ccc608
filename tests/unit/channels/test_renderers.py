from datetime import datetime
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.channel import Medium
from channels.render import Reader, Words, page_draft, render
from channels.render.answer import PageTurn, resolve
from channels.render.gsm import Encoding, fits, is_gsm, segments
from channels.render.whatsapp import BODY_LIMIT, OPTIONS_PER_PAGE
from channels.shown import Shown
from flows.heard import Choice
from flows.message import Elastic, Message, verbatim
from flows.money import Money
from flows.reply import Menu, Option, Picture, Reply

wild = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=260)
prose = st.lists(st.text(alphabet="abcdefgh é€ŋ🐟'\n", min_size=1, max_size=40), max_size=20).map(
    " ".join
)
labels = st.one_of(st.text(min_size=1, max_size=30), st.text(min_size=1, max_size=400), prose)


@st.composite
def replies(draw: st.DrawFn, *, ends: bool | None = None) -> Reply:
    messages = tuple(map(verbatim, draw(st.lists(st.one_of(prose, wild), max_size=3))))
    drawn = draw(st.lists(st.tuples(labels, st.none() | labels), max_size=40))
    options = tuple(
        Option(f"product:{index}", verbatim(label), None if more is None else verbatim(more))
        for index, (label, more) in enumerate(drawn)
    )
    closes = draw(st.booleans()) if ends is None else ends
    return Reply(messages, Menu(options) if options else None, ends=closes)


def walk(shown: Shown, at: datetime) -> list[Shown]:
    """Every page, turned to as a person would turn to it."""
    pages = [shown]
    while isinstance(turn := resolve("99", None, pages[-1], at), PageTurn):
        pages.append(pages[-1].turned(turn.page))
    return pages


def reachable(shown: Shown, at: datetime) -> set[str]:
    chosen = set()
    for page in walk(shown, at):
        for number, option in page.current.options.items():
            assert resolve(number, None, page, at) == Choice(option)
            line = f"{number} {page.current.labels[number]}".rstrip()
            dotted = f"{number}. {page.current.labels[number]}".rstrip()
            shown_lines = page.current.text.removeprefix("CON ").split("\n")
            assert line in shown_lines or dotted in shown_lines
            chosen.add(option)
    return chosen


def wanted(reply: Reply) -> set[str]:
    return {option.id for option in reply.menu.options} if reply.menu else set()


@given(replies())
@settings(max_examples=60, deadline=None)
def test_a_ussd_screen_never_exceeds_160_gsm_characters_and_hides_no_option(
    words: Words, reader: Reader, now: datetime, reply: Reply
) -> None:
    rendered = render(reply, Medium.USSD, reader, words, now, provider="africastalking")
    shown = rendered.shown
    assert shown is not None
    assert [draft.text for draft in rendered.texts] == [shown.pages[0].text]
    for page in shown.pages:
        assert is_gsm(page.text)
        assert segments(page.text).units <= 160
        assert page.text.startswith(("CON ", "END "))
    assert len(walk(shown, now)) == len(shown.pages)
    ends = shown.pages[-1].text.startswith("END ")
    assert ends == (reply.ends or not (reply.menu or shown.pages[-1].options))
    assert all(page.text.startswith("CON ") for page in shown.pages[:-1])
    if not ends:
        assert reachable(shown, now) == wanted(reply) | {"back", "home"}


@given(replies(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_an_sms_page_costs_at_most_three_segments_and_hides_no_option(
    words: Words, now: datetime, reply: Reply, gsm_only: bool
) -> None:
    reader = Reader("en", "Africa/Kampala", "customer", gsm_only=gsm_only)
    rendered = render(reply, Medium.SMS, reader, words, now, provider="twilio")
    pages = rendered.shown.pages if rendered.shown else ()
    for text in chain((page.text for page in pages), (draft.text for draft in rendered.texts)):
        assert fits(text, 3)
        assert is_gsm(text) or not gsm_only
    assert all(draft.segments == segments(draft.text).count for draft in rendered.texts)
    if reply.menu:
        assert rendered.shown is not None
        assert reachable(rendered.shown, now) == wanted(reply)


@given(replies())
@settings(max_examples=40, deadline=None)
def test_a_whatsapp_page_keeps_to_the_body_limit_and_to_ten_options(
    words: Words, reader: Reader, now: datetime, reply: Reply
) -> None:
    rendered = render(reply, Medium.WHATSAPP, reader, words, now, provider="twilio")
    pages = rendered.shown.pages if rendered.shown else ()
    for page in pages:
        assert len(page.text) <= BODY_LIMIT
        assert len(page.options) <= OPTIONS_PER_PAGE
    assert len(rendered.texts) <= 1
    if reply.menu:
        assert rendered.shown is not None
        assert reachable(rendered.shown, now) == wanted(reply)


@st.composite
def orders(draw: st.DrawFn) -> Message:
    return Message(
        "new-order",
        number=draw(st.integers(1001, 10**7)),
        items=Elastic(tuple(draw(st.lists(wild, min_size=1, max_size=30)))),
        total=Money(draw(st.integers(0, 10**12)), "UGX"),
        name=draw(wild),
        phone="+256772000001",
        area=draw(wild),
    )


@given(orders())
@settings(max_examples=150, deadline=None)
def test_a_sellers_new_order_is_always_one_gsm_segment_with_its_number(
    words: Words, now: datetime, order: Message
) -> None:
    seller = Reader("en", "Africa/Kampala", "seller", gsm_only=False)
    (draft,) = render(Reply((order,)), Medium.SMS, seller, words, now, provider="twilio").texts
    number = order.values["number"]
    assert draft.segments == 1
    assert segments(draft.text).encoding is Encoding.GSM7
    assert segments(draft.text).units <= 160
    assert f"OK {number} or NO {number}?" in draft.text
    assert "+256772000001" in draft.text


def test_a_short_order_is_told_whole(words: Words, now: datetime) -> None:
    seller = Reader("en", "Africa/Kampala", "seller")
    order = Message(
        "new-order",
        number=1001,
        items=Elastic(("2 Rice 5kg", "1 Oil")),
        total=Money(48000, "UGX"),
        name="Achan",
        phone="+256772000001",
        area="Kamwokya",
    )
    (draft,) = render(Reply((order,)), Medium.SMS, seller, words, now, provider="twilio").texts
    assert draft.text == (
        "New order 1001: 2 Rice 5kg, 1 Oil. UGX 48,000. Achan +256772000001, Kamwokya."
        " OK 1001 or NO 1001?"
    )


PAY = Menu((Option("pay", verbatim("Pay now")), Option("browse", verbatim("See more"))))


@pytest.mark.parametrize(
    ("medium", "text"),
    [
        (Medium.WHATSAPP, "Total is fine.\n\nReady?\n\n1. Pay now\n2. See more"),
        (Medium.SMS, "Total is fine.\nReady?\n1 Pay now\n2 See more"),
        (Medium.USSD, "CON Total is fine.\nReady?\n1 Pay now\n2 See more\n0 Back\n00 Home"),
    ],
)
def test_one_menu_is_written_as_each_medium_likes_it(
    words: Words, reader: Reader, now: datetime, medium: Medium, text: str
) -> None:
    reply = Reply((verbatim("Total is fine."), verbatim("Ready?")), PAY)
    assert render(reply, medium, reader, words, now, provider="twilio").texts[0].text == text


@pytest.mark.parametrize("provider", ["twilio", "meta"])
def test_a_sign_never_begins_a_line_on_whatsapp(
    words: Words, reader: Reader, now: datetime, provider: str
) -> None:
    reply = Reply((verbatim("Quelle sorte ?\nTotal : 5 ; merci !"),))
    [draft] = render(reply, Medium.WHATSAPP, reader, words, now, provider=provider).texts
    assert draft.text == "Quelle sorte\u00a0?\nTotal\u00a0: 5\u00a0; merci\u00a0!"
    [draft] = render(reply, Medium.SMS, reader, words, now, provider=provider).texts
    assert draft.text == "Quelle sorte ?\nTotal : 5 ; merci !"


def test_a_label_that_is_typed_is_known_by_its_words(
    words: Words, reader: Reader, now: datetime
) -> None:
    menu = Menu((Option("a", verbatim("On continue ?")), Option("b", verbatim("Non"))))
    shown = render(Reply((), menu), Medium.WHATSAPP, reader, words, now, provider="meta").shown
    assert resolve("on continue ?", None, shown, now) == Choice("a")


def test_a_session_that_ends_says_so_on_one_screen_without_footers(
    words: Words, reader: Reader, now: datetime
) -> None:
    reply = Reply((verbatim("Approve the prompt on your phone."),), ends=True)
    rendered = render(reply, Medium.USSD, reader, words, now, provider="africastalking")
    assert [draft.text for draft in rendered.texts] == ["END Approve the prompt on your phone."]


def test_back_and_home_of_a_menu_are_not_numbered_twice_on_ussd(
    words: Words, reader: Reader, now: datetime
) -> None:
    menu = Menu((Option("pay", verbatim("Pay")), Option("home", verbatim("Start"))))
    rendered = render(Reply((), menu), Medium.USSD, reader, words, now, provider="africastalking")
    assert rendered.texts[0].text == "CON 1 Pay\n0 Back\n00 Home"


def test_pictures_are_messages_of_their_own_on_whatsapp_only(
    words: Words, reader: Reader, now: datetime
) -> None:
    picture = Picture("https://shop.example/rice.jpg", verbatim("Rice 5kg"))
    drafts = render(
        Reply((verbatim("Here."),), pictures=(picture,)), Medium.WHATSAPP, reader, words, now,
        provider="twilio",
    ).texts  # fmt: skip
    assert [(draft.text, draft.media_url) for draft in drafts] == [
        ("Here.", None),
        ("Rice 5kg", picture.url),
    ]
    alone = render(Reply(pictures=(picture,)), Medium.SMS, reader, words, now, provider="twilio")
    assert [(draft.text, draft.media_url) for draft in alone.texts] == [("Rice 5kg", None)]


def test_a_silent_reply_sends_nothing_but_still_answers_a_session(
    words: Words, reader: Reader, now: datetime
) -> None:
    assert render(Reply(), Medium.SMS, reader, words, now, provider="twilio").texts == ()
    assert render(Reply(), Medium.WHATSAPP, reader, words, now, provider="twilio").texts == ()
    (draft,) = render(Reply(), Medium.USSD, reader, words, now, provider="africastalking").texts
    assert draft.text.startswith("END ")


def test_descriptions_are_shown_by_sms_only_where_they_cost_nothing(
    words: Words, reader: Reader, now: datetime
) -> None:
    def text(length: int) -> str:
        menu = Menu((Option("a", verbatim("Rice"), verbatim("x" * length)),))
        return (
            render(Reply((), menu), Medium.SMS, reader, words, now, provider="twilio").texts[0].text
        )

    assert text(20) == "1 Rice - " + "x" * 20
    assert text(200) == "1 Rice"


def test_a_page_that_is_turned_to_knows_what_it_costs(
    words: Words, reader: Reader, now: datetime
) -> None:
    menu = Menu(tuple(Option(f"p:{n}", verbatim(f"Thing number {n}")) for n in range(60)))
    shown = render(Reply((), menu), Medium.SMS, reader, words, now, provider="twilio").shown
    assert shown is not None
    assert page_draft(shown.pages[1], Medium.SMS).segments == 3
    assert page_draft(shown.pages[1], Medium.WHATSAPP).segments == 1


def test_numbers_that_turn_pages_are_never_options(
    words: Words, reader: Reader, now: datetime
) -> None:
    menu = Menu(tuple(Option(f"p:{n}", verbatim(f"Thing {n}")) for n in range(120)))
    shown = render(Reply((), menu), Medium.SMS, reader, words, now, provider="twilio").shown
    assert shown is not None
    numbered = set().union(*(page.options for page in shown.pages))
    assert not numbered & {"98", "99"}
    assert len(numbered) == 120
