"""The four pictures of a day."""

from collections.abc import Mapping

from scripts.simulate.drawing import Bars, Legend, Part, draw
from scripts.simulate.figures import Figures

# Minutes from the order to the door.
STEPS = (0, 20, 40, 60, 80, 100, 120, 180, 240)
COLOUR = {"succeeded": 0, "failed": 3, "expired": 4, "review": 1}
OTHER = 2


def pictures(figures: Figures) -> Mapping[str, str]:
    """File name -> SVG."""
    return {
        "orders-by-hour.svg": draw("Orders by hour (Kampala)", _hours(figures)),
        "funnel.svg": draw("From the first word to the door: people", _funnel(figures)),
        "delivery-times.svg": draw("Minutes from the order to the door: orders", _minutes(figures)),
        "money.svg": draw(
            "What became of each attempt to pay, by rail", _money(figures), _fates(figures)
        ),
    }


def _hours(figures: Figures) -> Bars:
    hours = [hour % 24 for hour in range(6, 30)]
    counts = [(hour, figures.hours.get(hour, 0)) for hour in hours]
    return [(f"{hour:02d}:00", [Part(count, str(count))]) for hour, count in counts]


def _funnel(figures: Figures) -> Bars:
    return [(words, [Part(count, str(count))]) for words, count in figures.funnel]


def _minutes(figures: Figures) -> Bars:
    bars = []
    for low, high in zip(STEPS, (*STEPS[1:], None), strict=True):
        inside = [m for m in figures.minutes if m >= low and (high is None or m < high)]
        name = f"{low} and more" if high is None else f"{low} to {high}"
        bars.append((name, [Part(len(inside), str(len(inside)))]))
    return bars


def _fates(figures: Figures) -> Legend:
    there = {status for money in figures.money for status in money.statuses}
    return [(status, COLOUR.get(status, OTHER)) for status in sorted(there)]


def _money(figures: Figures) -> Bars:
    return [
        (
            f"{money.rail} {money.currency}",
            [
                Part(count, str(count), COLOUR.get(status, OTHER))
                for status, count in sorted(money.statuses.items(), key=lambda kept: -kept[1])
            ],
        )
        for money in figures.money
    ]
