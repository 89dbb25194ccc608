"""What people write behind an amount or a count that changes nothing: "4600/=", "4600 shs each"."""

from intents.commands.figures import is_figure
from intents.folding import fold, tidy, tokenise
from intents.language import Language
from intents.listing import AFTER_AMOUNT

_SIGNS = "/=-"


def up_to_figure(rest: str, language: Language) -> str:
    """The text up to its last figure, where nothing but currencies, units and the like stands behind it; else
    as it was. "rice 40 kg" and "rice 5kg" stay: how much is one of them is not said."""
    words = rest.split()
    nothing = AFTER_AMOUNT | language.currencies | language.units
    while len(words) > 1 and not is_figure(words[-1].rstrip(_SIGNS)):
        if fold(words[-1].strip(_SIGNS)) not in nothing | {""}:
            return rest
        words.pop()
    return " ".join((*words[:-1], words[-1].rstrip(_SIGNS))) if len(words) > 1 else rest


def has_number(rest: str, language: Language) -> bool:
    """Whether it begins with goods or a figure, and names a number that is no size: so a seller wanted to set
    something. "of rice 5kg" is a customer's question."""
    tokens = tokenise(tidy(rest), language)
    if not tokens or tokens[0].word in language.function:
        return False
    return any(
        (token.word[0].isdigit() or language.numbers.piece(tokens, at) is not None)
        and not (at + 1 < len(tokens) and tokens[at + 1].word in language.measures)
        for at, token in enumerate(tokens)
    )
