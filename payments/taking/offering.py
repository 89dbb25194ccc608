"""In which order the ways to pay are offered, and which are left out."""

from collections.abc import Collection, Iterable, Sequence

from flows.money import Money
from flows.ports.payments import Fit, RailOption, Way
from payments.rail import Rail

WALLET = "wallet"
_LIKELY = {Fit.OWN: 0, Fit.MAYBE: 1, Fit.NO: 2}


def offered(
    rails: Iterable[Rail],
    amount: Money | None,
    payer: str | None,
    last: str | None,
    troubled: Collection[str] = (),
    *,
    wallet: bool = False,
) -> Sequence[RailOption]:
    """The rail that was used `last` first, then those of the network of `payer` (E.164), then those that
    may be; those in trouble after them, and cash, for which nobody needs a network, in the shop's own
    order at the end. A rail that cannot take `amount` is left out, and one that cannot have `payer` where
    another can. `wallet`: what the customer has here is one of the ways."""
    found = [
        RailOption(rail.name, rail.way, _fit(rail, payer), rail.name in troubled)
        for rail in rails
        if amount is None or rail.limits(amount.currency).allow(amount.minor)
    ]
    prompting = [option for option in found if option.prompts]
    if any(option.fit is not Fit.NO for option in prompting):
        found = [option for option in found if not option.prompts or option.fit is not Fit.NO]
    if wallet:
        found.append(RailOption(WALLET, Way.WALLET))
    return sorted(found, key=lambda option: _place(option, last))


def _fit(rail: Rail, payer: str | None) -> Fit:
    """Of who follows a link, pays in cash or by wallet the number says nothing."""
    return rail.fit(payer) if payer and rail.way is Way.PROMPT else Fit.MAYBE


def _place(option: RailOption, last: str | None) -> tuple[bool, bool, bool, int]:
    here = option.way in (Way.CASH, Way.WALLET)
    used = option.name == last
    return option.troubled, not used, here, _LIKELY[option.fit]
