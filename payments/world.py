"""What the work outside a turn needs: jobs and the clock give it, made once per process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from payments.rail import Rails
from payments.schedule import Schedule
from store.scope import Scope, Woken
from store.transaction import Sessions, run

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class World:
    """`scope` makes the scope of one transaction at one shop, with its `tell` writing messages into
    it; `wake` is called after the commit. `now` is aware UTC."""

    sessions: Sessions
    rails: Rails
    schedule: Schedule
    now: Callable[[], datetime]
    scope: Callable[[Session, UUID], Scope]
    wake: Callable[[Woken], None]

    def at_shop(self, shop_id: UUID, work: Callable[[Scope], T]) -> T:
        """Do `work` in one transaction at a shop, commit, and wake what must be woken."""

        def once(session: Session) -> tuple[T, Woken]:
            scope = self.scope(session, shop_id)
            return work(scope), scope.woken

        result, woken = run(self.sessions, once)
        self.wake(woken)
        return result

    def read(self, work: Callable[[Session], T]) -> T:
        """Read something in a transaction of its own."""
        return run(self.sessions, work)
