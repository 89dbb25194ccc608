"""Whatever happens to points in whatever order: they are the sum of their entries and of their lots, and
never fewer than none."""

import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from market import SHOP, Market
from sqlalchemy import select

from flows.ports.delivery import Fulfilment
from flows.ports.orders import Order, OrderStatus, Role
from store.actor import Actor
from store.due import DUTIES
from store.loyalty.earning import take_back
from store.models import PointsEntryRow, PointsLotRow, PointsRow
from store.orders.cancelling import end
from store.orders.views import locked
from store.transaction import open_engine, open_sessions

POINTS = "\n[points]\nper = 20\nworth = 3\nleast = 1\nshare = 80\ndays = 10\nwarned = 2\n"


class Points(RuleBasedStateMachine):
    """One customer of one shop, whose points live for ten days."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp())
        shutil.copy(self.template, self.folder / "sokoni.db")
        self.engine = open_engine(f"sqlite:///{self.folder / 'sokoni.db'}")
        self.market = Market(open_sessions(self.engine)).open(SHOP + POINTS)
        self.open: list[Order] = []
        self.delivered: list[Order] = []

    def teardown(self) -> None:
        self.engine.dispose()
        shutil.rmtree(self.folder)

    @rule(sku=st.sampled_from(["salt", "oil"]), points=st.none() | st.integers(1, 2_000))
    def order(self, sku: str, points: int | None) -> None:
        self.market.ask(lambda b: b.cart.add(sku, 1))
        self.market.ask(lambda b: b.points.use(points))
        placed = self.market.try_to_buy(fulfilment=Fulfilment.PICKUP, area=None)
        if isinstance(placed, Order):
            self.open.append(placed)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        order = self.open.pop(data.draw(st.integers(0, len(self.open) - 1)))
        self.market.sell(lambda t: t.accept(order.number))
        self.market.sell(lambda t: t.ready(order.number))
        for _ in range(2):
            self.market.sell(lambda t: t.delivered(order.number, order.code))
        self.delivered.append(order)

    @precondition(lambda self: self.open)
    @rule(data=st.data())
    def refuse(self, data: st.DataObject) -> None:
        order = self.open.pop(data.draw(st.integers(0, len(self.open) - 1)))
        for _ in range(2):
            self.market.sell(lambda t: t.refuse(order.number, "no"))

    @precondition(lambda self: self.delivered)
    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        order = self.delivered.pop(data.draw(st.integers(0, len(self.delivered) - 1)))

        def work(scope):
            row = locked(scope, number=order.number)
            end(scope, row, OrderStatus.RETURNED, Actor(Role.SELLER), "spoiled")

        self.market.do(work)

    @precondition(lambda self: self.delivered)
    @rule(data=st.data(), part=st.integers(0, 9_000))
    def come_back_in_part(self, data: st.DataObject, part: int) -> None:
        order = data.draw(st.sampled_from(self.delivered))
        self.market.do(lambda s: take_back(s, locked(s, number=order.number), part))

    @rule(hours=st.integers(1, 100))
    def wait(self, hours: int) -> None:
        self.market.now += timedelta(hours=hours)

    @rule(name=st.sampled_from(["points_end", "points_end_soon"]))
    def tick(self, name: str) -> None:
        duty = next(d for d in DUTIES if d.name == name)
        for _, subject in self.market.do(lambda s: duty.find(s.session, s.rules, s.now, 9)):
            self.market.do(lambda s, i=subject: duty.act(s, i))

    @invariant()
    def adds_up(self) -> None:
        def work(scope):
            balance = scope.session.scalar(select(PointsRow.balance)) or 0
            entries = scope.session.scalars(select(PointsEntryRow).order_by(PointsEntryRow.id))
            left = scope.session.scalars(select(PointsLotRow.left)).all()
            moves = [(entry.before, entry.points, entry.after) for entry in entries]
            return balance, moves, left

        balance, moves, left = self.market.do(work)
        stood = 0
        for before, points, after in moves:
            assert (before, before + points) == (stood, after)
            assert after >= 0
            stood = after
        assert balance == stood == sum(left)


def test_points_always_add_up(sqlite_template: Path):
    Points.template = sqlite_template
    few = settings(
        max_examples=12,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Points, settings=few)
