"""What tests of cash at the door of a paid order share."""

from ledger_books import engine_of, paid
from market import SHOP, Market, ugx
from sqlalchemy import select

from flows.money import Money
from flows.ports.delivery import Area
from flows.ports.orders import Order
from payments.people.purses import RiderPurse
from store.models import OrderRow, PersonRow, RiderRow
from store.proof import prove
from store.receipts import receipt_of

FAR = Area("Ntinda", "Far")
# A shop that has one rider.
ALONE = SHOP[: SHOP.index('[[riders]]\nname = "Namata"')] + SHOP[SHOP.index("[payments]") :]
MORE = 5000  # what bringing it to FAR costs more than to KAMWOKYA


def bought(market: Market, **buying: object) -> Order:
    """A paid order of two oils to Kamwokya: 21,000, of which 3,000 for bringing it."""
    order = market.buy(("oil", 2), **{"rail": "mtn-momo", **buying})
    paid(market, order)
    return market.order(order.number)


def move(
    market: Market, number: int, area: Area, agreed: Money | None = None, *, at_door: bool = True
):
    return market.ask(
        lambda b: b.orders.change_address(number, area, "gate", agreed, at_door=at_door)
    )


def farther(market: Market, **buying: object) -> Order:
    """Paid, and sent to FAR with a yes to what that costs more."""
    moved = move(market, bought(market, **buying).number, FAR, ugx(MORE))
    assert isinstance(moved, Order), moved
    return moved


def carried_by(market: Market, number: int, name: str = "Okello") -> None:
    """A rider takes it and has picked it up."""
    market.ride(name, lambda r: r.accept(number))
    market.ride(name, lambda r: r.picked(number))


def holds(market: Market) -> int:
    """What Okello has of the shop's cash."""

    def work(scope):
        rider = scope.session.scalars(select(RiderRow).where(RiderRow.name == "Okello")).one()
        person = scope.session.get_one(PersonRow, rider.person_id)
        return RiderPurse(scope, person, rider, {}, b"k").balance().holds.minor

    return market.do(work)


def sound(market: Market) -> bool:
    finding = prove(engine_of(market)).finding
    assert finding is None, finding
    return True


def receipt(market: Market, number: int):
    def work(scope):
        row = scope.session.scalars(select(OrderRow).where(OrderRow.number == number)).one()
        return receipt_of(scope.session, scope.shop, row)

    return market.do(work)
