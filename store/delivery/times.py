"""How long it takes to bring goods, in the weather that there is."""

from flows.eta import slower
from flows.ports.delivery import Fulfilment
from flows.ports.places import Weather
from store.delivery_terms import DeliveryTerms


def expected(
    rules: DeliveryTerms, kind: Fulfilment, eta: str | None, sky: Weather | None
) -> str | None:
    """What the shop wrote, longer in rain or a storm; whoever comes for the goods waits no longer."""
    if eta is None or sky is None or kind is Fulfilment.PICKUP:
        return eta
    factor = {Weather.RAIN: rules.rain_slower, Weather.STORM: rules.storm_slower}[sky]
    return slower(eta, factor) if factor != 100 else eta
