"""A seller's own areas, and the weather over the shop."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from flows.money import Money, MoneyError
from flows.ports.places import AskedArea, OwnArea, Weather
from flows.ports.refusals import BadAmount, NotCovered, Refusal
from store.audit.trail import audited
from store.delivery.asked import asked_for
from store.scope import Scope

MOST_ASKED = 5
LONGEST = 40


class ShopPlaces:
    """Implements flows.ports.places.PlacesPort."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._shop = scope.shop

    def asked(self) -> Sequence[AskedArea]:
        return asked_for(self._scope, MOST_ASKED)

    def own(self) -> Sequence[OwnArea]:
        return [self._view(kept) for kept in self._shop.own_areas]

    @audited(answered=True)
    def add(self, name: str, fee: Decimal) -> OwnArea | Refusal:
        try:
            minor = Money.of(fee, self._shop.currency).minor
        except MoneyError:
            return BadAmount(f"{fee}")
        if minor < 0:
            return BadAmount(f"{fee}")
        self._lock()
        area = {"name": name[:LONGEST], "fee": minor}
        others = self._without(name)
        self._shop.own_areas = [*others, area]
        return self._view(area)

    @audited(answered=True)
    def drop(self, name: str) -> OwnArea | Refusal:
        self._lock()
        others = self._without(name)
        gone = [area for area in self._shop.own_areas if area not in others]
        if not gone:
            return NotCovered(name)
        self._shop.own_areas = others
        return self._view(gone[0])

    @audited(answered=True)
    def change_weather(self, weather: Weather | None) -> datetime | None:
        until = self._scope.now + self._scope.rules.weather_lasts if weather else None
        self._shop.weather = weather.value if weather else None
        self._shop.weather_until = until
        return until

    def _lock(self) -> None:
        """Of two people who write at once the second sees what the first wrote."""
        self._scope.session.refresh(self._shop, ["own_areas"], with_for_update={"key_share": True})

    def _without(self, name: str) -> list[dict[str, object]]:
        said = name[:LONGEST].casefold()
        return [area for area in self._shop.own_areas if area["name"].casefold() != said]

    def _view(self, area: dict[str, object]) -> OwnArea:
        return OwnArea(str(area["name"]), Money(int(str(area["fee"])), self._shop.currency))
