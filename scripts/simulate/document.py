"""The report of a day: docs/simulation.md and its pictures."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from flows.money import Money
from scripts.simulate.checks import Verdict
from scripts.simulate.figures import Figures
from scripts.simulate.paying import Sums
from scripts.simulate.pictures import pictures
from scripts.simulate.run import Ended

PICTURES = "simulation"
Cells = Sequence[object]


def write(
    out: Path, ended: Ended, figures: Figures, verdicts: Sequence[Verdict], command: str
) -> None:
    folder = out / PICTURES
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures(figures).items():
        (folder / name).write_text(svg, encoding="utf-8")
    said = render(ended, figures, verdicts, command)
    (out / "simulation.md").write_text(said, encoding="utf-8")


def render(ended: Ended, figures: Figures, verdicts: Sequence[Verdict], command: str) -> str:
    parts = (
        HEAD.format(command=command, customers=len(ended.customers), hours=ended.hours),
        "## The day in short\n",
        table(("", ""), _in_short(figures)),
        "\n## What holds at the end\n",
        laws(verdicts),
        "\n## Orders\n",
        _picture("Orders by hour", "orders-by-hour"),
        _picture("From the first word to the door", "funnel"),
        _picture("Minutes from the order to the door", "delivery-times"),
        table(("Shop", "Status", "Orders"), _pairs(figures.statuses)),
        "\nHow they stand with their money:\n",
        table(("Order", "Payment", "Orders"), _pairs(figures.standing)),
        "\nWhere they were made: " + _listed(figures.channels) + ".\n",
        "\n## Rain\n",
        "What a delivery cost that was not free, over near and far areas:\n",
        table(("Shop", "Sky", "In the dry", "In the rain"), _rain(figures)),
        "\n## Money\n",
        "What orders came to that were paid, by how they were paid:\n",
        table(("Paid by", "Orders", "Amount"), _sums(figures.paying.rails)),
        "\nWhat made these cheaper:\n",
        table(("Saving", "Times", "Amount"), _sums(figures.paying.savings)),
        "\nWhat the providers took, for orders and into wallets:\n",
        table(("Rail", "Taken", "Attempts"), _rails(figures)),
        _picture("What became of each attempt", "money"),
        "\nRefunds: " + (_listed(figures.refunds) or "none") + ".\n",
        "\nWhat stands in the ledger's accounts at the end:\n",
        table(("Account", "Amount"), _ledger(figures)),
        "\n## Messages\n",
        table(("", ""), _messages(figures)),
        "\n## What went wrong on purpose\n",
        "Faults of providers and networks:\n",
        table(("Fault", "Times"), sorted(ended.day.luck.struck.items())),
        "\nWhat payers did when they were asked:\n",
        table(("Answer", "Times"), sorted(ended.payers.answers.items())),
        "\n## What people did\n",
        table(("Deed", "Times"), sorted(ended.day.did.items())),
    )
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts))


HEAD = """# A day, simulated

Made by a program, not by customers:

    {command}

A marketplace's shop in Kampala, a wholesale and retail shop in Kampala and a reseller in Lagos, {customers}
customers on WhatsApp (Twilio's and Meta's), SMS and USSD who write English, French, Swahili and Pidgin, their
sellers and six riders, for {hours} hours from 06:00 (Kampala) of one Friday. Everybody goes the real way:
signed webhooks over HTTP to the real hub, the real turn and flows, the real store, the real outbox, and back
to emulated handsets and wallets. It rains over Kampala in the afternoon, and goods run out and come back. The
clock is not real: it jumps to whatever happens next.

One seed is one day: what is sent leaves over one thread for each provider, so that no run depends on whose
turn it was (a server has many), and on SQLite a second run writes this page again, letter for letter. On
PostgreSQL rows of the same moment may come in another order, and so may a few messages. On a machine so busy
that somebody waits for a lock for seconds, their message is answered a little later, as it would be.

What it cannot tell: how fast anything is (the pace of lines and the limits per sender are counted by a real
clock, and are set out of the way here), and how real people talk (these say what they were given to say).
How many people buy, refuse or walk away was decided beforehand: the funnel shows that nobody is lost on the
way, not that anybody would come. A seller leaves one in ten orders alone that no rider took: these are still
in work at the end, as they would be.

`python -m scripts.simulate --help` names what can be asked for; `--database URL` takes an empty PostgreSQL
database instead of SQLite.
"""


def _in_short(figures: Figures) -> Sequence[Cells]:
    delivered = sum(n for (status, _), n in figures.standing.items() if status == "delivered")
    brought = figures.minutes
    orders = max(1, figures.orders)
    times = f"half of them within {median(brought):.0f} minutes, nine of ten within {_ninth(brought):.0f}"
    return [
        ("orders", figures.orders),
        ("of these delivered or picked up", f"{delivered} ({100 * delivered // orders} %)"),
        ("from the order to the door", times if brought else "none was brought"),
        *((f"paid, {currency}", amount(total, currency)) for currency, total in _paid(figures)),
        ("messages to people per order", f"{sum(figures.sent.values()) / orders:.1f}"),
        ("not understood", f"{figures.not_understood} of {figures.received} messages"),
    ]


def _ninth(values: Sequence[float]) -> float:
    return sorted(values)[9 * len(values) // 10]


def _paid(figures: Figures) -> Sequence[tuple[str, int]]:
    sums: Counter[str] = Counter()
    for (_, currency), (_, total) in figures.paying.rails.items():
        sums[currency] += total
    return sorted(sums.items())


def laws(verdicts: Sequence[Verdict]) -> str:
    rows = [(v.law, "holds" if v.holds else "BROKEN: " + "; ".join(v.faults)) for v in verdicts]
    return table(("Law", ""), rows)


def table(head: Cells, rows: Sequence[Cells]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = ([str(cell).replace("|", "/").replace("\n", " ") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in cells) + "\n"


def amount(minor: int, currency: str) -> str:
    return f"{currency} {Money(minor, currency).major:,}"


def _pairs(counted: Mapping[tuple[str, str], int]) -> Sequence[Cells]:
    return [(*key, count) for key, count in sorted(counted.items())]


def _sums(sums: Sums) -> Sequence[Cells]:
    return [
        (name, count, amount(total, currency))
        for (name, currency), (count, total) in sorted(sums.items())
    ]


def _rain(figures: Figures) -> Sequence[Cells]:
    def told(count: int, mean: int | None, currency: str) -> str:
        return "none" if mean is None else f"{count}, {amount(mean, currency)} on average"

    return [
        (f.shop, f.sky, told(f.dry, f.dry_fee, f.currency), told(f.wet, f.wet_fee, f.currency))
        for f in figures.fees
    ]


def _rails(figures: Figures) -> Sequence[Cells]:
    return [(m.rail, amount(m.amount, m.currency), _listed(m.statuses)) for m in figures.money]


def _ledger(figures: Figures) -> Sequence[Cells]:
    return [(line.kind, amount(line.amount, line.currency)) for line in figures.ledger]


def _messages(figures: Figures) -> Sequence[Cells]:
    sent = sum(figures.sent.values())
    return [
        ("messages and pages from people", figures.received),
        ("messages to people", f"{sent} ({_listed(figures.sent)})"),
    ]


def _listed(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counted.items()))


def _picture(title: str, name: str) -> str:
    return f"\n![{title}]({PICTURES}/{name}.svg)\n"
