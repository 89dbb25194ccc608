"""What happened to somebody who asked to be forgotten."""

from dataclasses import dataclass

from flows.ports.refusals import Refusal


@dataclass(frozen=True, slots=True)
class NotForgotten:
    """`person` began something new after they had asked for it: `why` says what."""

    person: str
    why: Refusal
