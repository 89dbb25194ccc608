"""Cutting what does not fit into pages: whole options, lines and words stay together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from channels.shown import Page

MORE = "99"
PREVIOUS = "98"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply; with `id` and `number` it is an option and stays in one piece."""

    text: str
    number: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a medium's pages look. `fits` judges a whole page; `mark` stands after an option's number.

    `footer` stands under every page. `most` is how many options a page may have.
    """

    fits: Callable[[str], bool]
    mark: str
    more: str
    previous: str
    footer: tuple[Line, ...] = ()
    most: int = 1000

    def write(self, lines: Sequence[Line]) -> str:
        text = "\n".join(self._written(line) for line in lines)
        return text.strip("\n")

    def _written(self, line: Line) -> str:
        return f"{line.number}{self.mark} {line.text}".rstrip() if line.number else line.text


def numbers() -> Iterator[str]:
    """1, 2, 3 ... without the two that turn pages."""
    return (text for number in count(1) if (text := str(number)) not in (MORE, PREVIOUS))


def paginate(lines: Sequence[Line], shape: Shape) -> tuple[Page, ...]:
    """`lines` on as few pages as they need, each with its own way on and back."""
    pages: list[Page] = []
    rest = list(lines)
    while rest or not pages:
        taken, rest = _fill(rest, shape, first=not pages)
        under = _under(shape, first=len(pages) == 0, last=not rest)
        pages.append(_page(taken, under, shape))
    return tuple(pages)


def _under(shape: Shape, *, first: bool, last: bool) -> tuple[Line, ...]:
    previous = () if first else (Line(shape.previous, PREVIOUS),)
    more = () if last else (Line(shape.more, MORE),)
    return (*previous, *more, *shape.footer)


def _fill(rest: list[Line], shape: Shape, *, first: bool) -> tuple[list[Line], list[Line]]:
    """What goes on the next page, and what is left."""
    if _allowed(rest, shape, _under(shape, first=first, last=True)):
        return rest, []
    under = _under(shape, first=first, last=False)
    taken: list[Line] = []
    for position, line in enumerate(rest):
        if _allowed([*taken, line], shape, under):
            taken.append(line)
            continue
        # A line that would fit a page of its own waits for it; a longer one is cut right here.
        if taken and (line.number or _allowed([line], shape, under)):
            return taken, rest[position:]
        head, tail = _cut(line, taken, shape, under)
        return [*taken, head], [*tail, *rest[position + 1 :]]
    return taken, []


def _allowed(lines: Sequence[Line], shape: Shape, under: Sequence[Line]) -> bool:
    options = sum(1 for line in lines if line.number)
    return options <= shape.most and shape.fits(shape.write([*lines, *under]))


def _cut(
    line: Line, taken: Sequence[Line], shape: Shape, under: Sequence[Line]
) -> tuple[Line, list[Line]]:
    """The part of `line` that fits after `taken`, and the rest of it. Of an option the rest is dropped."""

    def room(length: int) -> bool:
        return _allowed([*taken, replace(line, text=line.text[:length])], shape, under)

    low, high = 1, len(line.text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if room(middle) else (low, middle - 1)
    space = line.text.rfind(" ", 0, low + 1)
    if line.number:
        return replace(line, text=line.text[:low].rstrip()), []
    end = space if space > low // 2 else low
    head, tail = line.text[:end].rstrip(), line.text[end:].lstrip()
    return replace(line, text=head), [replace(line, text=tail)] if tail else []


def _page(taken: Sequence[Line], under: Sequence[Line], shape: Shape) -> Page:
    answers = [line for line in (*taken, *under) if line.id]
    return Page(
        text=shape.write([*taken, *under]),
        options={line.number: line.id for line in answers},
        labels={line.number: line.text for line in answers},
    )
