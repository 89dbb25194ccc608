"""Whether the name that a wallet is registered in is the name of whom the money is for."""

from rapidfuzz import fuzz, utils

from intents.folding import fold

# Of 100. Networks write names in any order, without accents, with middle names or without, and as a clerk
# heard them.
ALIKE = 60
# Letters of a name that are shown.
LONGEST = 20


def shortened(holder: str) -> str:
    """JANE NAKATO is "JANE N": enough to know oneself by, and no more of a stranger."""
    first, *others = holder.split() or [""]
    return " ".join((first[:LONGEST], *(name[0] for name in others[:3])))


def alike(expected: str, holder: str) -> bool:
    """ "Okello Moses" is MOSES K. OKELLO; Sarah Namusoke is not."""
    score = fuzz.token_set_ratio(fold(expected), fold(holder), processor=utils.default_process)
    return bool(score >= ALIKE)
