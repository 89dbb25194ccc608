"""The one door at which payment providers knock: who may have called, about what of ours, and whom of our
own that wakes."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from flask import Response, request
from requests.structures import CaseInsensitiveDict
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.hub.request import body_of
from payments.charge import Callback
from payments.rail import Rail
from payments.taking import polling
from payments.world import World
from store.facts import note
from store.models import AttemptRow, FactRow, PayoutRow, RefundRow, ShopRow
from store.transaction import AWAY

log = structlog.get_logger(__name__)

# Counted by the metrics: a provider speaks of money that we never asked for.
UNKNOWN_REFERENCE = "unknown-payment-reference"
# Anybody can make references up, where a provider signs nothing: no more than these are kept an hour.
MOST_NOTED = 100
NOTED_WITHIN = timedelta(hours=1)

# A call speaks of one transaction, or a few. More are made up.
MOST_CLAIMED = 16
_REFERENCE = re.compile(
    rb"(?<![0-9a-f])[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}(?![0-9a-f])",
    re.IGNORECASE,
)


def answer(world: World, name: str, path: str = "", *, calls_again: bool) -> Response:
    """What the rail's provider is told of its present request. With the database away a provider that
    `calls_again` is told to (the server's 503); of any other the call is let go: the next poll on the
    schedule finds what it meant."""
    body = body_of(request)
    headers = dict(request.headers.items())
    try:
        status = heard(world, name, path, headers, body)
    except AWAY as error:
        if calls_again:
            raise
        log.warning("a callback is left to the polls", rail=name, error=type(error).__name__)
        status = 200
    return Response("", status, mimetype="text/plain")


def heard(world: World, name: str, path: str, headers: Mapping[str, str], body: bytes) -> int:
    """Take in a provider's call about money and answer its HTTP status.

    A hint at most: what it is about becomes due to be asked. 403: signed by none of the accounts that it
    may come from, the platform's and those of the shops whose references it carries; 404: no account of
    this rail is known at all. An account is heard about its own money only. Raises what `AWAY` names.
    """
    seen = CaseInsensitiveDict(headers)
    claimed = _claimed(path, body)
    owners = world.read(lambda session: _owners(world, session, name, claimed)) if claimed else {}
    told = [
        _Told(rail, said)
        for rail in _candidates(world, name, owners)
        if (said := rail.read_callback(path, seen, body)) is not None
    ]
    if not told:
        known = world.rails.platform(name) is not None or owners
        log.warning("a callback that nobody here has signed", rail=name)
        return 403 if known else 404
    for one in told:
        _hear(world, one, owners)
    strange = frozenset[UUID]().union(*(one.references for one in told)) - owners.keys()
    if strange:
        _note_strange(world, name, strange)
    return 200


@dataclass(frozen=True, slots=True)
class _Told:
    """What an account's provider says, its signature checked where it has one."""

    rail: Rail
    said: Callback

    @property
    def references(self) -> frozenset[UUID]:
        return frozenset((*self.said.charges, *self.said.refunds, *self.said.payouts))


def _claimed(path: str, body: bytes) -> frozenset[UUID]:
    """Every reference that the call carries, believing none: they only tell whose signature to try."""
    found: set[UUID] = set()
    for match in _REFERENCE.finditer(path.encode() + b"\n" + body):
        found.add(UUID(match[0].decode()))
        if len(found) == MOST_CLAIMED:
            break
    return frozenset(found)


def _owners(
    world: World, session: Session, name: str, claimed: Set[UUID]
) -> Mapping[UUID, Rail | None]:
    """Whose account each reference that we know went through; None where that is gone."""
    charges = select(AttemptRow.id, AttemptRow.shop_id).where(
        AttemptRow.id.in_(claimed), AttemptRow.rail == name
    )
    refunds = (
        select(RefundRow.id, RefundRow.shop_id)
        .join(AttemptRow, AttemptRow.id == RefundRow.attempt_id)
        .where(RefundRow.id.in_(claimed), AttemptRow.rail == name)
    )
    payouts = select(PayoutRow.id, PayoutRow.shop_id).where(
        PayoutRow.id.in_(claimed), PayoutRow.rail == name
    )
    found = session.execute(charges.union_all(refunds, payouts)).all()
    return {
        reference: world.rails.at(session.get_one(ShopRow, shop_id), name)
        for reference, shop_id in found
    }


def _candidates(world: World, name: str, owners: Mapping[UUID, Rail | None]) -> list[Rail]:
    """The accounts that may have signed, each once."""
    rails: list[Rail] = []
    for rail in (*owners.values(), world.rails.platform(name)):
        if rail is not None and not any(rail is other for other in rails):
            rails.append(rail)
    return rails


def _hear(world: World, told: _Told, owners: Mapping[UUID, Rail | None]) -> None:
    def own(references: tuple[UUID, ...]) -> tuple[UUID, ...]:
        return tuple(one for one in references if owners.get(one) is told.rail)

    said = told.said
    about = Callback(own(said.charges), own(said.refunds), own(said.payouts))
    if about != Callback():
        polling.callback(world, about)


def _note_strange(world: World, name: str, references: Set[UUID]) -> None:
    now = world.now()

    def work(session: Session) -> None:
        lately = session.scalar(
            select(func.count()).where(
                FactRow.shop_id.is_(None),
                FactRow.name == UNKNOWN_REFERENCE,
                FactRow.at > now - NOTED_WITHIN,
            )
        )
        for reference in sorted(references)[: max(0, MOST_NOTED - (lately or 0))]:
            values = {"rail": name, "reference": str(reference)}
            note(session, UNKNOWN_REFERENCE, values, now)

    log.warning(
        "a callback about money that nobody asked for", rail=name, references=len(references)
    )
    world.read(work)
