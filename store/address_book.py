"""A customer's places by name."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from flows.ports.address_book import NamedPlace
from flows.ports.refusals import Refusal, TooManyPlaces
from store.ids import new_id
from store.models import NamedPlaceRow
from store.scope import Scope
from store.spots import degrees, point_of


class CustomerPlaces:
    """Implements flows.ports.address_book.AddressBookPort."""

    def __init__(self, scope: Scope, person_id: UUID) -> None:
        self._scope = scope
        self._person_id = person_id

    def places(self) -> Sequence[NamedPlace]:
        return [_view(row) for row in self._rows()]

    def named(self, name: str) -> NamedPlace | None:
        row = self._row(name)
        return _view(row) if row is not None else None

    def save(self, place: NamedPlace) -> Refusal | None:
        scope, row = self._scope, self._row(place.name)
        if row is None:
            most = scope.rules.most_places
            if len(self._rows()) >= most:
                return TooManyPlaces(most)
            row = NamedPlaceRow(
                id=new_id(),
                shop_id=scope.shop.id,
                person_id=self._person_id,
                name_key=place.name.casefold(),
            )
            scope.session.add(row)
        row.name, row.area, row.landmark = place.name, place.area, place.landmark
        row.latitude, row.longitude = degrees(place.at)
        row.used_at = scope.now
        scope.session.flush()
        return None

    def use(self, place: NamedPlace) -> None:
        row = self._row(place.name)
        if row is not None:
            row.used_at = self._scope.now

    def drop(self, name: str) -> bool:
        row = self._row(name)
        if row is None:
            return False
        self._scope.session.delete(row)
        self._scope.session.flush()
        return True

    def _row(self, name: str) -> NamedPlaceRow | None:
        wanted = NamedPlaceRow.name_key == name.strip().casefold()
        return self._scope.session.scalar(select(NamedPlaceRow).where(*self._mine(), wanted))

    def _rows(self) -> Sequence[NamedPlaceRow]:
        return self._scope.session.scalars(
            select(NamedPlaceRow)
            .where(*self._mine())
            .order_by(NamedPlaceRow.used_at.desc(), NamedPlaceRow.id)
        ).all()

    def _mine(self) -> tuple[ColumnElement[bool], ...]:
        return (
            NamedPlaceRow.shop_id == self._scope.shop.id,
            NamedPlaceRow.person_id == self._person_id,
        )


def _view(row: NamedPlaceRow) -> NamedPlace:
    return NamedPlace(row.name, row.area, row.landmark, point_of(row))
