"""The 6-digit code that stands between a wallet and whoever would empty it, and codes of payers' networks."""

from flows.codes import code_in
from flows.customer.collecting import alone
from flows.customer.machine import customer
from flows.customer.options import HUMAN
from flows.customer.payment_standing import payable
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Clock, Message
from flows.money import Money
from flows.place import Step
from flows.ports.refusals import Refusal
from flows.ports.wallet import CodeSent, OrderPaidByWallet, Payout, PayoutStatus, WalletPort
from flows.rails import rail_name
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

NEW_CODE = Option("new-code", Message("option-new-code"))
LEAVE = Option("leave-code", Message("option-not-now"))

WALLET_DIGITS = 6


@customer.state("wallet-code")
class WalletCode:
    """Waits for the code. `task` is "pay" (with the order's `number`) or "withdraw" (with `amount` in
    minor units), so that a new code can be sent for the same."""

    def show(self, visit: Visit) -> Reply:
        wallet = visit.ports.wallet
        waiting = wallet.waiting() if wallet is not None else None
        if waiting is None:
            return visit.say(Message("code-none-waits"), options=(NEW_CODE, HUMAN))
        return visit.say(_asked(visit, waiting), options=(NEW_CODE, LEAVE), asks=Asked.CODE)

    @on(Asked.CODE)
    def typed(self, visit: Visit, heard: Understanding) -> Step:
        return _confirm(visit, code_in(heard.text) or "")

    @on("new-code")
    def again(self, visit: Visit, _: Choice) -> Step:
        wallet = visit.ports.wallet
        if wallet is None:
            return visit.home()
        sent = _send_again(visit, wallet)
        return visit.stay(*((explain(sent),) if isinstance(sent, Refusal) else ()))

    @on("leave-code", Intent.DENY)
    def leave(self, visit: Visit, _: Choice | Understanding) -> Step:
        if visit.text("task") == "pay":
            return visit.restart("paying", number=visit.number("number"))
        return visit.restart("wallet")


def _asked(visit: Visit, sent: CodeSent) -> Message:
    until = Clock(sent.until)
    if visit.text("task") == "pay":
        number = visit.number("number")
        return Message(
            "wallet-code-pay", amount=sent.amount, number=number, phone=sent.phone, until=until
        )
    if sent.fee:
        return Message(
            "wallet-code-withdraw-fee",
            amount=sent.amount,
            fee=sent.fee,
            phone=sent.phone,
            until=until,
        )
    return Message("wallet-code-withdraw", amount=sent.amount, phone=sent.phone, until=until)


def _send_again(visit: Visit, wallet: WalletPort) -> CodeSent | Refusal:
    if visit.text("task") == "pay":
        return wallet.pay(visit.number("number"))
    return wallet.withdraw(Money(visit.number("amount"), visit.ports.shop.currency))


def _confirm(visit: Visit, code: str) -> Step:
    wallet = visit.ports.wallet
    if wallet is None:
        return visit.home()
    done = wallet.confirm(code)
    if isinstance(done, OrderPaidByWallet):
        said = Message("wallet-paid", amount=done.amount, number=done.order_number, left=done.left)
        return visit.note(said).restart("order", number=done.order_number)
    if isinstance(done, Payout):
        return visit.note(_on_its_way(done)).restart("wallet")
    if visit.place.spot.state == "wallet-code":
        step = visit.stay()
        return alone(step, explain(done))
    return alone(visit.go("wallet"), explain(done))


def _on_its_way(payout: Payout) -> Message:
    if payout.status is PayoutStatus.APPROVAL:
        return Message("withdrawal-approval", amount=payout.amount)
    return Message(
        "withdrawal-on-its-way",
        amount=payout.amount,
        phone=payout.phone,
        rail=rail_name(payout.rail),
    )


@customer.first
def code_alone(visit: Visit, heard: Understanding) -> Step | None:
    """Digits alone are the code that something waits for, wherever they are written: the text that
    brought it may be answered from another medium, or after a look elsewhere."""
    code = code_in(heard.text)
    if code is None or visit.place.spot.state == "wallet-code":
        return None
    wallet = visit.ports.wallet
    if len(code) == WALLET_DIGITS and wallet is not None and wallet.waiting() is not None:
        return _confirm(visit, code)
    return _network_code(visit, code)


def _network_code(visit: Visit, code: str) -> Step | None:
    """A payer's network asked them for one: it is handed on, and kept nowhere."""
    here = visit.place.spot.state == "paying"
    if len(code) == 4 and not here:
        # Elsewhere four digits are an order's number or a price.
        return None
    for number in _awaiting(visit):
        result = visit.ports.payments.hand_on(number, code)
        said = explain(result) if isinstance(result, Refusal) else Message("code-handed-on")
        step = visit.restart("paying", number=number) if number else visit.restart("wallet")
        return Step(step.place, Reply((said,), step.reply.menu, asks=step.reply.asks))
    return None


def _awaiting(visit: Visit) -> list[int | None]:
    """Orders whose payment waits for such a code; None stands for a top-up."""
    due = next((order for order in visit.ports.orders.mine() if payable(order)), None)
    attempt = visit.ports.payments.latest(due.number) if due else None
    if due is not None and attempt is not None and attempt.wants_code:
        return [due.number]
    wallet = visit.ports.wallet
    latest = wallet.latest_top_up() if wallet is not None else None
    return [None] if latest is not None and latest.wants_code else []
