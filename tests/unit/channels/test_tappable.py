from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.channel import Medium, Outbound
from channels.interactive import Buttons, Row, Rows
from channels.meta.client import request_body
from channels.meta.emulator import rules
from channels.meta.fields import Fields
from channels.render import Draft, Reader, Words, page_draft, render
from channels.render.answer import PageTurn, resolve
from channels.render.tappable import Item, divided, row_of, shortened
from channels.shown import Shown, dump, load
from flows.heard import Choice, Stale
from flows.message import Message, verbatim
from flows.reply import Menu, Option, Picture, Reply

words_of = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)
prose = st.lists(st.text(alphabet="abcdefgh é€ŋ🐟'\n", min_size=1, max_size=40), max_size=60).map(
    " ".join
)
labels = st.one_of(words_of.map(lambda text: text[:30]), prose, st.just(" "))
ids = st.text(alphabet="abc:# ", min_size=1, max_size=260)


@st.composite
def menus(draw: st.DrawFn) -> Reply:
    messages = tuple(map(verbatim, draw(st.lists(prose, max_size=3))))
    drawn = draw(st.lists(st.tuples(ids, labels, st.none() | labels), min_size=1, max_size=35))
    options = tuple(
        Option(f"{name}{index}", verbatim(label), None if more is None else verbatim(more))
        for index, (name, label, more) in enumerate(drawn)
    )
    return Reply(messages, Menu(options))


def taken(draft: Draft) -> None:
    """Meta would take it."""
    message = Outbound(
        Medium.WHATSAPP, "100", "+256772000001", draft.text, "ref", None, None, draft.interactive
    )
    asked = Fields(request_body(message))
    if draft.interactive is None:
        rules.text(asked)
    else:
        assert rules.interactive(asked.under("interactive")) == (
            draft.text,
            draft.interactive,
            None,
        )


def chosen_by(shown: Shown, at: datetime) -> tuple[set[str], list[Shown]]:
    """What every tap and every number on every page leads to; and the pages, as tapped through."""
    found: set[str] = set()
    pages = [shown]
    for page in pages:
        for number, option in page.current.options.items():
            assert resolve(number, None, page, at) == Choice(option)
        offered = page.current.interactive
        for tap in offered.rows if isinstance(offered, Rows) else offered.buttons:  # type: ignore[union-attr]
            answer = resolve(tap.title, tap.id, page, at)
            if isinstance(answer, PageTurn):
                pages.append(page.turned(answer.page))
            else:
                assert isinstance(answer, Choice)
                found.add(answer.id)
    return found, pages


@given(menus())
@settings(max_examples=150, deadline=None)
def test_whatever_is_said_meta_takes_it_and_every_option_can_be_tapped(
    words: Words, reader: Reader, now: datetime, reply: Reply
) -> None:
    rendered = render(reply, Medium.WHATSAPP, reader, words, now, provider="meta")
    assert reply.menu is not None
    assert rendered.shown is not None
    assert len(rendered.texts) == 1
    assert load(dump(rendered.shown)) == rendered.shown
    wanted = {option.id for option in reply.menu.options}
    if rendered.texts[0].interactive is None:
        assert {i for page in rendered.shown.pages for i in page.options.values()} == wanted
        return
    found, pages = chosen_by(rendered.shown, now)
    assert found == wanted
    assert len(pages) == len(rendered.shown.pages)
    for page in pages:
        taken(page_draft(page.current, Medium.WHATSAPP))


def shown_of(reply: Reply, words: Words, reader: Reader, now: datetime) -> Shown:
    shown = render(reply, Medium.WHATSAPP, reader, words, now, provider="meta").shown
    assert shown is not None
    return shown


def reply_of(*labels: str, description: str | None = None) -> Reply:
    more = verbatim(description) if description else None
    options = (Option(f"go:{label}", verbatim(label), more) for label in labels)
    return Reply((verbatim("What now?"),), Menu(tuple(options)))


def offered(reply: Reply, words: Words, reader: Reader, now: datetime) -> object:
    return shown_of(reply, words, reader, now).current.interactive


def test_up_to_three_short_options_are_buttons(words: Words, reader: Reader, now: datetime) -> None:
    three = offered(reply_of("Pay", "Cart", "x" * 20), words, reader, now)
    assert isinstance(three, Buttons)
    assert [button.title for button in three.buttons] == ["Pay", "Cart", "x" * 20]


@pytest.mark.parametrize(
    "reply",
    [
        reply_of("a", "b", "c", "d"),
        reply_of("a", "x" * 21),
        reply_of("a", "b", description="in 30 minutes"),
        Reply(
            (verbatim("?"),),
            Menu((Option("a", verbatim("Same")), Option("b", verbatim("Same")))),
        ),
    ],
    ids=["four", "too long", "described", "two alike"],
)
def test_what_does_not_fit_buttons_is_a_list(
    words: Words, reader: Reader, now: datetime, reply: Reply
) -> None:
    assert isinstance(offered(reply, words, reader, now), Rows)


def test_a_list_says_what_it_opens_where_the_menu_has_a_short_title(
    words: Words, reader: Reader, now: datetime
) -> None:
    four = reply_of("a", "b", "c", "d")
    titled = Reply(four.messages, Menu(four.menu.options, verbatim("Our goods")))  # type: ignore[union-attr]
    long = Reply(four.messages, Menu(four.menu.options, verbatim("x" * 21)))  # type: ignore[union-attr]
    openers = [offered(reply, words, reader, now) for reply in (four, titled, long)]
    assert [rows.opener for rows in openers if isinstance(rows, Rows)] == [
        "Choose",
        "Our goods",
        "Choose",
    ]


def test_a_long_label_goes_on_in_the_description() -> None:
    item = Item("1", "p", "Basmati rice, long grain premium 5kg", "UGX 20,000")
    assert row_of(item) == Row("p", "Basmati rice, long grain", "premium 5kg - UGX 20,000")
    assert row_of(Item("1", "p", "x" * 30, "")) == Row("p", "x" * 24, "x" * 6)


def test_texts_are_divided_between_words_and_nothing_is_lost() -> None:
    assert divided("one two three", 9) == ("one two", "three")
    assert divided("one two", 7) == ("one two", "")
    assert divided("onetwo", 3) == ("one", "two")
    assert divided("Fast delivery (UGX 10,000)", 24) == ("Fast delivery", "(UGX 10,000)")
    assert divided("(one two) three", 10) == ("(one two)", "three")
    assert shortened("one two three", 9) == "one two.."
    assert shortened("🐟" * 5, 10) == "🐟" * 5


def test_eleven_options_have_a_row_that_leads_to_the_rest(
    words: Words, reader: Reader, now: datetime
) -> None:
    shown = shown_of(reply_of(*"abcdefghijk"), words, reader, now)
    first = shown.current.interactive
    assert isinstance(first, Rows)
    assert [row.title for row in first.rows] == [*"abcdefghi", "More"]
    turn = resolve("More", first.rows[-1].id, shown, now)
    assert turn == PageTurn(1)
    second = shown.turned(1).current
    assert list(second.labels.values()) == ["j", "k"]
    # Typed numbers go on counting, and the words that turn pages do so too.
    assert resolve("11", None, shown.turned(1), now) == Choice("go:k")
    assert resolve("99", None, shown, now) == PageTurn(1)
    assert resolve("J", None, shown, now) == Choice("go:j")


def test_more_of_an_older_list_does_not_turn_the_pages_of_a_newer_one(
    words: Words, reader: Reader, now: datetime
) -> None:
    old = shown_of(reply_of(*"abcdefghijk"), words, reader, now)
    new = shown_of(reply_of(*"klmnopqrstuvw"), words, reader, now + timedelta(seconds=1))
    assert isinstance(old.current.interactive, Rows)
    more = old.current.interactive.rows[-1].id
    assert resolve("More", more, new, now) == Stale("More")
    assert resolve("More", more, None, now) == Stale("More")


def test_an_id_that_is_too_long_for_meta_comes_back_whole(
    words: Words, reader: Reader, now: datetime
) -> None:
    long = "do:" + ";".join(f"add:sku-{number}:2" for number in range(40))
    reply = Reply((verbatim("?"),), Menu((Option(long, verbatim("Yes")),)))
    shown = shown_of(reply, words, reader, now)
    assert isinstance(shown.current.interactive, Buttons)
    (button,) = shown.current.interactive.buttons
    assert len(button.id) <= 200
    assert resolve("Yes", button.id, shown, now) == Choice(long)
    other = shown_of(reply_of("No"), words, reader, now)
    assert resolve("Yes", button.id, other, now) == Stale("Yes")


def test_a_text_that_is_too_long_for_a_list_is_written_with_numbers(
    words: Words, reader: Reader, now: datetime
) -> None:
    reply = Reply((verbatim("word " * 300),), reply_of("Pay").menu)
    (draft,) = render(reply, Medium.WHATSAPP, reader, words, now, provider="meta").texts
    assert draft.interactive is None
    assert draft.text.endswith("1. Pay")
    assert 1024 < len(draft.text) <= 4096


def test_a_menu_without_words_still_has_some(words: Words, reader: Reader, now: datetime) -> None:
    reply = Reply(
        (),
        reply_of("Pay").menu,
        (Picture("https://shop.example/a.jpg", Message("hello", name="you")),),
    )
    text, picture = render(reply, Medium.WHATSAPP, reader, words, now, provider="meta").texts
    assert text.text == "Choose"
    assert (picture.media_url, picture.text) == (
        "https://shop.example/a.jpg",
        "Hello you, welcome.",
    )


COVER = "/pictures/0.jpg"


@pytest.mark.parametrize("provider", ["meta", "twilio"])
@pytest.mark.parametrize(
    ("reply", "apart"),
    [
        (reply_of("Pay", "Cart"), False),
        (reply_of(*map(str, range(9))), True),
        (Reply((verbatim("word " * 300),), reply_of("Pay").menu), True),
        (Reply((verbatim("Gown"),)), False),
    ],
    ids=["buttons", "list", "long", "words"],
)
def test_a_cover_is_in_the_same_message_where_that_has_room(
    words: Words, reader: Reader, now: datetime, provider: str, reply: Reply, apart: bool
) -> None:
    if provider == "twilio" and len(reply.menu.options if reply.menu else ()) == 9:
        # Numbered lines are words like others.
        apart = False
    covered = replace(reply, cover=COVER)
    drafts = render(covered, Medium.WHATSAPP, reader, words, now, provider=provider).texts
    plain = render(reply, Medium.WHATSAPP, reader, words, now, provider=provider).texts
    assert [replace(drafts[0], media_url=None)] == [*plain]
    assert [draft.media_url for draft in drafts] == ([None, COVER] if apart else [COVER])


@pytest.mark.parametrize("medium", [Medium.SMS, Medium.USSD])
def test_no_cover_is_seen_elsewhere(
    words: Words, reader: Reader, now: datetime, medium: Medium
) -> None:
    reply = replace(reply_of("Pay"), cover=COVER)
    drafts = render(reply, medium, reader, words, now, provider="africastalking").texts
    assert [draft.media_url for draft in drafts] == [None]


def test_twilio_still_gets_numbered_lines(words: Words, reader: Reader, now: datetime) -> None:
    rendered = render(
        reply_of("Pay", "Cart"), Medium.WHATSAPP, reader, words, now, provider="twilio"
    )
    (draft,) = rendered.texts
    assert draft.text == "What now?\n\n1. Pay\n2. Cart"
    assert draft.interactive is None
