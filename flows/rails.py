"""What people call the ways to pay."""

import re
from collections.abc import Mapping, Sequence

from flows.message import Message, verbatim
from flows.ports.payments import RailOption, Way

RAILS: Mapping[str, Message] = {
    "mtn-momo": Message("rail-mtn-momo"),
    "airtel": Message("rail-airtel"),
    "paystack": Message("rail-paystack"),
    "flutterwave": Message("rail-flutterwave"),
    "cash": Message("rail-cash"),
    "wallet": Message("rail-wallet"),
}
# By which words people mean one; names of firms are the same in every language.
NAMES: Mapping[str, frozenset[str]] = {
    "mtn-momo": frozenset({"mtn", "momo"}),
    "airtel": frozenset({"airtel"}),
    "paystack": frozenset({"paystack"}),
    "flutterwave": frozenset({"flutterwave", "flutter"}),
    "cash": frozenset({"cash"}),
    "wallet": frozenset({"wallet", "pochi", "portefeuille"}),
}
# By these whatever is paid by a link.
LINKS = frozenset({"link", "card", "carte", "lien", "kadi", "kaadi"})
_WORD = re.compile(r"[^\W\d_]+")


def rail_name(rail: str) -> Message:
    """What people call it; a rail without a row by its own name."""
    return RAILS.get(rail) or verbatim(rail)


def rails_meant(text: str, options: Sequence[RailOption]) -> tuple[str, ...]:
    """The rails that the words name: of `options`, and of those that are known and not offered here."""
    said = text.casefold()
    words = frozenset(_WORD.findall(said))
    known = dict.fromkeys((*(option.name for option in options), *NAMES))
    meant = [rail for rail in known if _named(rail, said, words)]
    if not meant and words & LINKS:
        meant = [option.name for option in options if option.way is Way.LINK][:1]
    return tuple(meant)


def _named(rail: str, said: str, words: frozenset[str]) -> bool:
    names = NAMES.get(rail)
    return rail.casefold() in said if names is None else bool(words & names)
