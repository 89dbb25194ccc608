"""The audit trail: a row for everything that staff do by phone, in the transaction that does it."""

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from flows.ports.refusals import Refusal
from store.audit.changes import Changes, watched
from store.audit.plain import plain
from store.late import put_down
from store.masking import HIDDEN
from store.models import AuditRow
from store.scope import Author, Scope

DONE = "done"
SYSTEM = Author("system", "")
MARK = "__audited__"


class AtWork(Protocol):
    """A service of the books."""

    _scope: Scope


P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound=AtWork)
Method = Callable[Concatenate[S, P], R]


def audited(
    *, unsaid: tuple[str, ...] = (), answered: bool = False
) -> Callable[[Method[S, P, R]], Method[S, P, R]]:
    """Of a method by which staff change something. The arguments `unsaid` are hidden: codes, and what is
    said to a person. `answered`: the answer tells what changed, and is kept; never one about a person."""

    def around(method: Method[S, P, R]) -> Method[S, P, R]:
        signature = inspect.signature(method)

        @wraps(method)
        def noted(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            scope = self._scope
            with watched(scope.session) as changes:
                answer = method(self, *args, **kwargs)
            given = dict(list(signature.bind(self, *args, **kwargs).arguments.items())[1:])
            told = {name: HIDDEN if name in unsaid else value for name, value in given.items()}
            refused = isinstance(answer, Refusal)
            if answered and not refused:
                changes.after["answer"] = {"is": plain("", answer)}
            record(
                scope.session,
                scope.author or SYSTEM,
                method.__qualname__,
                told,
                changes,
                at=scope.now,
                shop_id=scope.shop.id,
                outcome=type(answer).__name__ if refused else DONE,
            )
            return answer

        setattr(noted, MARK, True)
        return noted

    return around


def record(
    session: Session,
    author: Author,
    action: str,
    given: Mapping[str, object],
    changes: Changes,
    *,
    at: datetime,
    shop_id: UUID | None,
    outcome: str = DONE,
) -> None:
    """Written when the transaction commits."""
    values = {
        "shop_id": shop_id,
        "at": at,
        "who": author.who,
        "source": author.source,
        "action": action,
        "given": {name: plain(name, value) for name, value in given.items()},
        "before": changes.before,
        "after": changes.after,
        "outcome": outcome,
    }
    put_down(session, AuditRow, values)
