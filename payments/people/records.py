"""What the books say of one customer's money: the records port on one turn's transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flows.operator_sms import OperatorSms
from flows.ports.payments import PaymentsPort
from flows.ports.records import Claimed, MoneyBack, Receipt
from flows.ports.refusals import NothingPaid, Refusal, UnknownOrder
from payments.people.claims import claimed
from store.models import PersonRow
from store.receipts import money_back, paid_order, receipt_of
from store.scope import Scope


@dataclass(frozen=True, slots=True)
class CustomerRecords:
    """Implements flows.ports.records.RecordsPort. `link` makes the public link of an order's receipt."""

    scope: Scope
    person: PersonRow
    payments: PaymentsPort
    link: Callable[[UUID], str]

    def receipt(self, number: int | None = None) -> Receipt | Refusal:
        scope = self.scope
        order = paid_order(scope.session, scope.shop.id, self.person.id, number)
        if order is None:
            return NothingPaid() if number is None else UnknownOrder(number)
        found = receipt_of(scope.session, scope.shop, order)
        return replace(found, link=self.link(order.id)) if found else NothingPaid()

    def backs(self, number: int | None = None) -> Sequence[MoneyBack]:
        scope = self.scope
        return money_back(scope.session, scope.shop.id, self.person.id, number)

    def claimed(self, sms: OperatorSms) -> Claimed:
        return claimed(self.scope, self.person, sms, self.payments.ask)
