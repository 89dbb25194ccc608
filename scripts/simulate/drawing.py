"""Bars as SVG: text that is read by browsers and by people alike, with no library."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LEFT, BAR, GAP, TOP = 720, 190, 22, 8, 44
# About what a letter takes, and the side of a legend's square.
LETTER, SQUARE = 7.5, 12
COLOURS = ("#1f7a5a", "#d9822b", "#35618f", "#a03c4b", "#6b7280", "#8a6fb0")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar. `shown` is what it says; nothing where it is too short."""

    value: float
    shown: str
    colour: int = 0


Bars = Sequence[tuple[str, Sequence[Part]]]
# What a colour stands for, by its number.
Legend = Sequence[tuple[str, int]]


def draw(title: str, bars: Bars, legend: Legend = ()) -> str:
    """One bar per row, its parts beside each other, all by one scale; below them what the colours say."""
    foot = TOP + len(bars) * (BAR + GAP) + GAP
    height = foot + (BAR + GAP if legend else 0)
    most = max((sum(part.value for part in parts) for _, parts in bars), default=0) or 1
    scale = (WIDTH - LEFT - 80) / most
    rows = "".join(_row(place, name, parts, scale) for place, (name, parts) in enumerate(bars))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13" role="img">\n'
        f"<title>{escape(title)}</title>\n"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n'
        f'<text x="12" y="26" font-size="16" font-weight="bold">{escape(title)}</text>\n'
        f"{rows}{_legend(foot, legend)}</svg>\n"
    )


def _legend(y: int, legend: Legend) -> str:
    """A square and a word for each, in one line."""
    drawn, x = [], float(LEFT)
    for word, colour in legend:
        drawn.append(
            f'<rect x="{x}" y="{y}" width="{SQUARE}" height="{SQUARE}" fill="{_colour(colour)}"/>\n'
            f'<text x="{x + SQUARE + 5}" y="{y + SQUARE - 1}">{escape(word)}</text>\n'
        )
        x += SQUARE + LETTER * len(word) + 24
    return "".join(drawn)


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _row(place: int, name: str, parts: Sequence[Part], scale: float) -> str:
    y = TOP + place * (BAR + GAP)
    middle = y + BAR * 0.7
    drawn = [f'<text x="{LEFT - 8}" y="{middle:.1f}" text-anchor="end">{escape(name)}</text>\n']
    x = float(LEFT)
    for part in parts:
        width = part.value * scale
        drawn.append(
            f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{_colour(part.colour)}">'
            f"<title>{escape(part.shown)}</title></rect>\n"
        )
        if len(parts) > 1 and width > LETTER * len(part.shown):
            drawn.append(
                f'<text x="{x + 5:.1f}" y="{middle:.1f}" fill="#ffffff">{escape(part.shown)}</text>\n'
            )
        x += width
    if len(parts) == 1:
        shown = escape(parts[0].shown)
        drawn.append(f'<text x="{x + 6:.1f}" y="{middle:.1f}">{shown}</text>\n')
    return "".join(drawn)
