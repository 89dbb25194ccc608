"""A market whose shop keeps money: its owner, a rider and a customer, each with some of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select

from flows.happenings import CodeIssued
from flows.money import Money
from flows.ports.refusals import Refusal
from flows.ports.wallet import CodeSent, OrderPaidByWallet, Payout
from payments.due import payouts_due
from payments.people.purses import RiderPurse
from payments.people.tills import ShopTill
from payments.people.wallets import CustomerWallet
from payments.sending.payouts import submit_payout
from store.ids import new_id
from store.ledger import Account, Kind, balance, post
from store.models import EntryRow, PayoutRow, PersonRow, RiderRow, ShopRow, StaffRow
from store.scope import Scope
from store.till import AVAILABLE, OWES, cash_of, earnings_of
from store.wallets import wallet_of
from tests.fakes.paying import Market

KEY = b"what codes are digested with"
OWNER, RIDER, CUSTOMER = "+256772111222", "+256772333444", "+256772555777"
T = TypeVar("T")


@dataclass
class Bank:
    """`market` with people whose money it keeps. Money comes out of nowhere with `give`."""

    market: Market
    owner: UUID
    staff: UUID
    rider_person: UUID
    rider: UUID

    def give(self, account: Account, minor: int) -> None:
        amounts = {Account(Kind.RAIL, "mtn-momo"): minor, account: -minor}
        key = f"seed:{new_id()}"
        self.market.at_shop(lambda scope: post(scope, key, "seed", amounts, "UGX"))

    def owe(self, minor: int) -> None:
        amounts = {OWES: minor, Account(Kind.COMMISSION): -minor}
        key = f"seed:{new_id()}"
        self.market.at_shop(lambda scope: post(scope, key, "seed", amounts, "UGX"))

    def carry(self, minor: int) -> None:
        """The rider holds cash of the shop's."""
        amounts = {cash_of(self.rider): minor, Account(Kind.SELLER_CASH): -minor}
        key = f"seed:{new_id()}"
        self.market.at_shop(lambda scope: post(scope, key, "seed", amounts, "UGX"))

    def has(self, account: Account) -> int:
        return self.market.at_shop(lambda scope: balance(scope, account, "UGX").minor)

    @property
    def wallet_account(self) -> Account:
        return wallet_of(self.market.person_id)

    @property
    def earnings(self) -> Account:
        return earnings_of(self.rider)

    def till(self, scope: Scope) -> ShopTill:
        person = scope.session.get_one(PersonRow, self.owner)
        staff = scope.session.get_one(StaffRow, self.staff)
        return ShopTill(scope, person, staff, self.market.world.rails, KEY)

    def purse(self, scope: Scope) -> RiderPurse:
        person = scope.session.get_one(PersonRow, self.rider_person)
        rider = scope.session.get_one(RiderRow, self.rider)
        return RiderPurse(scope, person, rider, self.market.world.rails, KEY)

    def wallet(self, scope: Scope) -> CustomerWallet:
        world = self.market.world
        person = scope.session.get_one(PersonRow, self.market.person_id)
        return CustomerWallet(scope, person, "sms", world.rails, world.schedule, KEY)

    def code(self) -> str:
        """The newest that was sent."""
        issued = [each for each in self.market.told if isinstance(each, CodeIssued)]
        return issued[-1].code

    def ask(self, amount: int | None = None) -> CodeSent | Refusal:
        wanted = None if amount is None else Decimal(amount)
        return self.market.at_shop(lambda scope: self.till(scope).payout(wanted))

    def begun(self, amount: int | None = None) -> UUID:
        """A payout of the seller's that was confirmed and has not left."""
        asked = self.ask(amount)
        assert isinstance(asked, CodeSent), asked
        code = self.code()
        payout = self.market.at_shop(lambda scope: self.till(scope).confirm(code))
        assert isinstance(payout, Payout), payout
        return UUID(payout.id)

    def sent(self, amount: int | None = None) -> UUID:
        payout_id = self.begun(amount)
        submit_payout(self.market.world, payout_id)
        return payout_id

    def paid(self, number: int) -> OrderPaidByWallet | Payout | Refusal:
        """Pay an order from the customer's wallet, code and all."""
        asked = self.market.at_shop(lambda scope: self.wallet(scope).pay(number))
        if isinstance(asked, Refusal):
            return asked
        code = self.code()
        return self.market.at_shop(lambda scope: self.wallet(scope).confirm(code))

    def row(self, payout_id: UUID) -> PayoutRow:
        return self.market.world.read(lambda session: session.get_one(PayoutRow, payout_id))

    def after(self, **span: float) -> None:
        """Let time pass, then let the clock go on with what is due."""
        self.market.clock.pass_by(**span)
        payouts_due(self.market.world)

    def unbalanced(self) -> int:
        """By how much all entries are out; the payouts' own account must stand at what is under way."""
        total = select(func.coalesce(func.sum(EntryRow.amount), 0))
        held = select(func.coalesce(func.sum(EntryRow.amount), 0)).where(
            EntryRow.account == Kind.PAYOUTS.value
        )
        under_way = select(func.coalesce(func.sum(PayoutRow.amount), 0)).where(
            PayoutRow.settled_at.is_(None)
        )
        read = self.market.world.read
        out, payouts, waits = (
            int(read(lambda session, query=query: session.scalar(query)))
            for query in (total, held, under_way)
        )
        return abs(out) + abs(payouts + waits)


def make_bank(market: Market) -> Bank:
    owner, staff, rider_person, rider = (new_id() for _ in range(4))

    def write(scope: Scope) -> None:
        shop = scope.session.get_one(ShopRow, market.shop_id)
        rails = ["mtn-momo", "cash", "wallet"]
        shop.settings = {**shop.settings, "payments": {"rails": rails, "credentials": {}}}
        scope.session.get_one(PersonRow, market.person_id).phone = CUSTOMER
        for person_id, phone in ((owner, OWNER), (rider_person, RIDER)):
            scope.session.add(PersonRow(id=person_id, phone=phone, created_at=scope.now))
        scope.session.flush()
        scope.session.add(
            StaffRow(id=staff, shop_id=shop.id, person_id=owner, name="Njeri Wambui", role="owner")
        )
        scope.session.add(
            RiderRow(id=rider, shop_id=shop.id, person_id=rider_person, name="Moses Okello")
        )

    market.at_shop(write)
    return Bank(market, owner, staff, rider_person, rider)


def ugx(minor: int) -> Money:
    return Money(minor, "UGX")


__all__ = ["AVAILABLE", "OWES", "Bank", "make_bank", "ugx"]
