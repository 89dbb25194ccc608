"""Which language a message is read in, and which one a conversation is held in."""

from collections.abc import Mapping, Sequence

from intents.understanding import Context

# How much likelier a language is before a word is read: the one spoken so far, and the shop's others.
_SO_FAR = 6.0
_OF_THE_SHOP = 2.0


def leading(tongues: Mapping[str, float], context: Context) -> str:
    """The likeliest language. `tongues` are the chances by the message's words alone."""
    if not tongues:
        return context.locale

    def chance(code: str) -> float:
        before = _SO_FAR if code == context.locale else 1.0
        return tongues[code] * (
            before if code not in context.locales else max(before, _OF_THE_SHOP)
        )

    best = max(tongues, key=lambda code: (chance(code), code))
    return best if tongues[best] > 0 else context.locale


# What a conversation remembers of earlier messages, each time that another one comes.
_REMEMBERED = 0.8
# A message of so many words speaks fully for its language; no message speaks for more than that many.
_FULL, _MOST = 4, 6
# By how much one language must have been heard more than the present one. No message of fewer than six
# words can do that alone.
_MARGIN = 1.25


def weigh(
    before: Mapping[str, float], tongues: Mapping[str, float], words: int, locales: Sequence[str]
) -> dict[str, float]:
    """How much each of the shop's languages has been heard, with one more message of so many words."""
    weight = min(words, _MOST) / _FULL
    return {
        code: round(before.get(code, 0.0) * _REMEMBERED + weight * tongues.get(code, 0.0), 3)
        for code in locales
    }


def settled(heard: Mapping[str, float], current: str) -> str:
    """The language to write in: the present one, unless another was heard more by a margin."""
    best = max(heard, key=lambda code: (heard[code], code == current), default=current)
    return best if heard.get(best, 0.0) - heard.get(current, 0.0) >= _MARGIN else current
