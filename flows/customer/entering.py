"""Coming in by a link, a poster or a code that was written out."""

from flows.customer.home import open_code
from flows.customer.machine import customer
from flows.customer.product import open_product
from flows.heard import Entered
from flows.place import Place, Spot, Step
from flows.visit import Visit


@customer.anywhere(Entered)
def entered(visit: Visit, heard: Entered) -> Step:
    """Straight to the product, whatever was open before. Who shared the link is remembered."""
    sku = _shared(visit, heard.token)
    visit.ports.facts.record("entered", code=heard.code, shared=int(sku is not None))
    if heard.code:
        return open_code(visit, heard.code)
    if sku and visit.ports.catalogue.product(sku) is not None:
        visit.place = Place(Spot(visit.home_state))
        return open_product(visit, sku)
    return visit.home()


def _shared(visit: Visit, token: str) -> str | None:
    """What the link of this token leads to; None where it is nobody's."""
    if not token or visit.ports.sharing is None:
        return None
    return visit.ports.sharing.arrived(token)
