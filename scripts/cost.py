"""`python -m scripts.cost`: what a million received messages cost, from your own prices and shares.

The defaults are an example and nobody's offer. docs/scaling.md says what each stands for.
"""

import argparse
from dataclasses import dataclass, fields

MILLION = 1_000_000
SECONDS_PER_MONTH = 365.25 * 24 * 3600 / 12


@dataclass(frozen=True, slots=True)
class Case:
    """Prices in one currency; shares from 0 to 1."""

    whatsapp: float = 0.6
    sms: float = 0.2
    ussd: float = 0.2
    replies: float = 1.0
    notices: float = 0.2
    segments: float = 1.0
    closed: float = 0.05
    hops: float = 6.0
    whatsapp_price: float = 0.0
    template_price: float = 0.01
    sms_price: float = 0.02
    sms_in_price: float = 0.0
    session_price: float = 0.01
    machine_price: float = 40.0
    turns_per_second: float = 100.0
    busy: float = 0.1

    def fees(self) -> dict[str, float]:
        """What providers take for a million messages, by medium."""
        notice = (1 - self.closed) * self.whatsapp_price + self.closed * self.template_price
        out = self.segments * self.sms_price
        each = {
            "WhatsApp": self.whatsapp
            * (self.replies * self.whatsapp_price + self.notices * notice),
            "SMS": self.sms * (self.sms_in_price + (self.replies + self.notices) * out),
            "USSD": self.ussd * (self.session_price / self.hops + self.notices * out),
        }
        return {medium: MILLION * price for medium, price in each.items()}

    def machine(self) -> float:
        """What the machines take that answer a million messages."""
        per_month = self.turns_per_second * self.busy * SECONDS_PER_MONTH
        return MILLION * self.machine_price / per_month


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.cost", description=__doc__)
    for field in fields(Case):
        name = f"--{field.name.replace('_', '-')}"
        parser.add_argument(name, type=float, default=field.default, help=f"{field.default}")
    case = Case(**vars(parser.parse_args()))
    if abs(case.whatsapp + case.sms + case.ussd - 1) > 1e-9:
        parser.error("the shares of WhatsApp, SMS and USSD must sum to 1")
    fees = case.fees()
    for name, price in {**fees, "machines": case.machine()}.items():
        print(f"{name:10}{price:12,.2f}")
    print(f"{'together':10}{sum(fees.values()) + case.machine():12,.2f}")


if __name__ == "__main__":
    main()
