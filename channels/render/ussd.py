"""USSD: screens of 160 characters in plain letters.

Source: Africa's Talking, "USSD": the answer begins with "CON " while the session goes on and with
"END " when it closes. Handsets show 160 to 182 characters, so 160 with the prefix is kept to.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial

from channels.channel import Medium
from channels.render.gsm import is_gsm, segments, tidy, transliterate
from channels.render.lines import Voice, body, options, split
from channels.render.pages import Line, Shape, paginate
from channels.render.reader import Reader
from channels.render.rendered import Draft, Rendered
from channels.render.words import Words
from channels.shown import Page, Shown
from flows.message import Message
from flows.reply import Reply

SCREEN = 160
GOES_ON = "CON "
CLOSES = "END "

BACK = ("0", "back")
HOME = ("00", "home")

# Old handsets and gateways stumble over the extension table.
AVOIDED = str.maketrans(
    {"[": "(", "{": "(", "]": ")", "}": ")", "|": "/", "\\": "/", "~": "-", "^": None, "€": "EUR"}
)


def plain(text: str, *, tones: bool = False) -> str:
    """`text` in characters that every handset shows."""
    return tidy(transliterate(text, accents=True, tones=tones).translate(AVOIDED))


def screen_fits(text: str) -> bool:
    """Whether `text` and its prefix fit one screen."""
    return is_gsm(text) and segments(text).units + len(GOES_ON) <= SCREEN


def paged(reply: Reply, reader: Reader, words: Words, now: datetime) -> Rendered:
    """The first screen, and all screens as shown. There is always one, since a session waits for it."""
    voice = _voice(reader, words)
    above = split(body(reply, voice))
    if not above and reply.menu is None:
        above = [Line(voice.say(Message("ussd-goodbye")))]
        reply = replace(reply, ends=True)
    shape = _shape(voice, ends=reply.ends)
    pages = paginate(above, shape) if reply.ends else _choices(reply, voice, above, shape)
    screens = tuple(
        replace(page, text=_prefix(reply, index == len(pages) - 1) + page.text)
        for index, page in enumerate(pages)
    )
    return Rendered((Draft(screens[0].text),), Shown(reader.role, now, screens))


def question(reply: Reply, reader: Reader, words: Words) -> str:
    """One screen that is answered by typing what one of its lines begins with, before there is anybody
    who could go back or home. All lines but the first are shortened until they fit."""
    first, *rest = [line.text for line in split(body(reply, _voice(reader, words)))]
    width = max(map(len, rest), default=0)
    while True:
        text = "\n".join((first, *(line[:width].rstrip() for line in rest)))
        if screen_fits(text) or width == 0:
            return GOES_ON + text
        width -= 1


def _voice(reader: Reader, words: Words) -> Voice:
    letters = partial(plain, tones=words.has_tones(reader.locale))
    return Voice(reader, words, Medium.USSD, letters)


def _prefix(reply: Reply, last: bool) -> str:
    return CLOSES if reply.ends and last else GOES_ON


def _shape(voice: Voice, *, ends: bool) -> Shape:
    # A page that closes the session cannot be answered, so it offers nothing.
    footer = (
        Line(voice.say(Message("page-back")), *BACK),
        Line(voice.say(Message("page-home")), *HOME),
    )
    return Shape(
        fits=screen_fits,
        mark="",
        more=voice.say(Message("page-more")),
        previous=voice.say(Message("page-previous")),
        footer=() if ends else footer,
    )


def _choices(reply: Reply, voice: Voice, above: list[Line], shape: Shape) -> tuple[Page, ...]:
    if reply.menu is not None:
        # These two are under every page already, by numbers that never change.
        own = tuple(o for o in reply.menu.options if o.id not in (BACK[1], HOME[1]))
        reply = replace(reply, menu=replace(reply.menu, options=own))
    short = paginate([*above, *options(reply, voice, described=False)], shape)
    if len(short) > 1 and reply.asides:
        return max(short, _asides_behind(reply, voice, shape), key=_first_offers)
    if reply.menu is None or not any(option.description for option in reply.menu.options):
        return short
    # Descriptions are welcome where they cost nothing.
    long = paginate([*above, *options(reply, voice, described=True)], shape)
    return long if len(long) <= len(short) else short


def _asides_behind(reply: Reply, voice: Voice, shape: Shape) -> tuple[Page, ...]:
    """What there is to choose before how a sum came about."""
    first = tuple(said for said in reply.messages if said not in reply.asides)
    above, behind = (
        split(body(replace(reply, messages=said), voice)) for said in (first, reply.asides)
    )
    return paginate([*above, *options(reply, voice, described=False), *behind], shape)


def _first_offers(pages: tuple[Page, ...]) -> int:
    return len(pages[0].options)
