"""Links that people give on: who brought whom, and what came of it."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from flows.ports.refusals import Refusal, UnknownProduct
from flows.ports.sharing import Brought, Shared
from flows.ways import ALPHABET, TOKEN_LENGTH
from store.brought import brought, by_sharer
from store.catalogue import SNAPSHOTS
from store.entrances import ways_into
from store.errors import StoreError
from store.ids import new_id
from store.insertion import insert_if_new
from store.models import ArrivalRow, ShareRow
from store.scope import Scope
from store.snapshot import Snapshots

# What somebody does for so long after they came counts for whoever brought them.
KEPT = timedelta(days=30)
# Two of a billion tokens are seldom alike; so often the same would be a broken source of chance.
TRIES = 5


class NoTokenError(StoreError):
    """Chance gave only tokens that are taken."""


class ShopSharing:
    """Implements flows.ports.sharing.SharingPort. `base` is PUBLIC_URL."""

    def __init__(
        self,
        scope: Scope,
        person_id: UUID,
        *,
        staff: bool,
        base: str,
        snapshots: Snapshots = SNAPSHOTS,
    ) -> None:
        self._scope = scope
        self._person_id = person_id
        self._staff = staff
        self._base = base
        self._snapshots = snapshots

    def link(self, sku: str | None = None) -> Shared | Refusal:
        scope = self._scope
        goods = None
        if sku is not None:
            goods, _ = self._snapshots.of(scope.session, scope.shop).by_sku.get(sku, (None, None))
            if goods is None:
                return UnknownProduct(sku)
        code = goods.code if goods is not None else None
        token = self._token(goods.sku if goods is not None else "")
        parts = (self._base, "s", scope.shop.slug, str(code) if code else None, token)
        return Shared(
            link="/".join(part for part in parts if part),
            name=goods.name if goods is not None else None,
            code=code,
            ways=tuple(ways_into(scope.session, scope.shop.id)),
        )

    def arrived(self, token: str) -> str | None:
        scope = self._scope
        share = scope.session.scalar(
            select(ShareRow).where(ShareRow.shop_id == scope.shop.id, ShareRow.token == token)
        )
        if share is None:
            return None
        if share.person_id != self._person_id and not self._staff:
            self._remember(share)
        return share.sku

    def _remember(self, share: ShareRow) -> None:
        """Nobody else writes this at once: the conversation's lock is held."""
        scope = self._scope
        already = select(ArrivalRow.id).where(
            ArrivalRow.shop_id == scope.shop.id,
            ArrivalRow.person_id == self._person_id,
            ArrivalRow.until > scope.now,
        )
        if scope.session.scalar(already.limit(1)) is None:
            scope.session.add(
                ArrivalRow(
                    shop_id=scope.shop.id,
                    person_id=self._person_id,
                    share_id=share.id,
                    at=scope.now,
                    until=scope.now + KEPT,
                )
            )

    def brought(self) -> Brought:
        return brought(self._scope, self._person_id)

    def sharers(self, most: int) -> Sequence[Brought]:
        return by_sharer(self._scope, most) if self._staff else ()

    def _token(self, sku: str) -> str:
        scope = self._scope
        own = select(ShareRow.token).where(
            ShareRow.shop_id == scope.shop.id,
            ShareRow.person_id == self._person_id,
            ShareRow.sku == sku,
        )
        for _ in range(TRIES):
            token = scope.session.scalar(own)
            if token is not None:
                return token
            insert_if_new(
                scope.session,
                ShareRow,
                id=new_id(),
                shop_id=scope.shop.id,
                person_id=self._person_id,
                sku=sku,
                token=draw(scope.chance),
                by_staff=self._staff,
                opened=0,
                created_at=scope.now,
            )
        raise NoTokenError("no free token was found")


def draw(chance: Random) -> str:
    """A token: 30 bits, with a letter among them, since a product's code has none."""
    drawn = "".join(chance.choice(ALPHABET) for _ in range(TOKEN_LENGTH - 1))
    return drawn + chance.choice(ALPHABET[10:])


def opened(session: Session, shop_id: UUID, token: str) -> None:
    """The page of a link was looked at."""
    session.execute(
        update(ShareRow)
        .where(ShareRow.shop_id == shop_id, ShareRow.token == token)
        .values(opened=ShareRow.opened + 1)
        .execution_options(synchronize_session=False)
    )
