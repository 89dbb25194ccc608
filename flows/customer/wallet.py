"""The customer's wallet at this shop: what is in it, putting money in, taking it out."""

from collections.abc import Mapping
from decimal import Decimal

from flows.customer.certainty import sure
from flows.customer.checkout import proceed
from flows.customer.collecting import alone, is_open, top_up_standing
from flows.customer.draft import Draft, Task
from flows.customer.machine import customer, elsewhere
from flows.customer.options import BACK, BROWSE, HUMAN
from flows.customer.ordering import changes_besides
from flows.customer.payment_standing import payable
from flows.explain import explain
from flows.heard import Choice
from flows.machine import on
from flows.message import Message
from flows.money import Money, MoneyError
from flows.place import Step
from flows.ports.refusals import BadAmount, Refusal
from flows.ports.wallet import Move, WalletMove, WalletPort
from flows.rails import rails_meant
from flows.reply import Option, Reply
from flows.visit import Visit
from intents.intent import Intent
from intents.understanding import Asked, Understanding

TOP_UP = Option("top-up", Message("option-top-up"))
WITHDRAW = Option("withdraw", Message("option-withdraw"))

MOVES: Mapping[Move, Message] = {
    Move.TOP_UP: Message("move-top-up"),
    Move.PAID: Message("move-paid"),
    Move.REFUND: Message("move-refund"),
    Move.WITHDRAWN: Message("move-withdrawn"),
    Move.GIVEN_BACK: Message("move-given-back"),
    Move.LATE_MONEY: Message("move-late-money"),
    Move.SOLD: Message("move-sold"),
    Move.OTHER: Message("move-other"),
}


def kept_here(visit: Visit) -> WalletPort | None:
    """The wallet, where this shop keeps any."""
    wallet = visit.ports.wallet
    return wallet if wallet is not None and wallet.open() else None


@customer.state("wallet")
class Wallet:
    """The balance and what has moved it lately."""

    def show(self, visit: Visit) -> Reply:
        wallet = kept_here(visit)
        if wallet is None:
            back = (BACK,) if visit.place.trail else ()
            return visit.say(Message("wallet-none"), options=(BROWSE, HUMAN, *back))
        balance = wallet.balance()
        moves = tuple(_line(move) for move in wallet.moves())
        history = (Message("wallet-moves", lines=moves),) if moves else ()
        return visit.say(
            Message("wallet-balance", amount=balance, shop=visit.ports.shop.name),
            *history,
            options=_options(visit, balance),
        )


def _line(move: WalletMove) -> Message:
    what = MOVES[move.move]
    if move.order_number is None:
        return Message("wallet-move", date=move.at, what=what, amount=move.amount)
    return Message(
        "wallet-move-order", date=move.at, what=what, number=move.order_number, amount=move.amount
    )


def _options(visit: Visit, balance: Money) -> tuple[Option, ...]:
    out = (WITHDRAW,) if balance.minor > 0 else ()
    due = next((order for order in visit.ports.orders.mine() if payable(order)), None)
    pay = (Option(f"pay:{due.number}", Message("option-pay")),) if due else ()
    back = (BACK,) if visit.place.trail else ()
    return (*pay, TOP_UP, *out, HUMAN, *back)


@customer.anywhere("wallet", Intent.BALANCE)
def look(visit: Visit, heard: Choice | Understanding) -> Step:
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    return visit.go("wallet")


@customer.anywhere("top-up", Intent.TOP_UP)
def top_up(visit: Visit, heard: Choice | Understanding) -> Step:
    """With the amount, the way and the number where they were said."""
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    wallet = kept_here(visit)
    if wallet is None:
        return visit.go("wallet")
    latest = wallet.latest_top_up()
    if latest is not None and is_open(latest):
        return alone(visit.go("wallet"), top_up_standing(visit, latest))
    if not isinstance(heard, Understanding) or heard.amount is None or not sure(heard):
        return visit.go("wallet-amount", task="top-up")
    return _put_in(visit, heard.amount, heard)


def _put_in(visit: Visit, figure: Decimal, heard: Understanding) -> Step:
    amount = _money(visit, figure)
    if isinstance(amount, Refusal):
        return visit.note(explain(amount)).go("wallet-amount", task="top-up")
    offered = [o for o in visit.ports.payments.options(amount, heard.phone) if o.name != "wallet"]
    named = [name for name in rails_meant(heard.text, offered) if name in {o.name for o in offered}]
    rail = named[0] if len(named) == 1 else None
    draft = Draft(Task.TOP_UP, rail=rail, payer=heard.phone, amount=amount.minor)
    return proceed(visit, draft)


@customer.anywhere("keep-late")
def keep_late(visit: Visit, heard: Choice) -> Step:
    """Money that came too late for an order stays here."""
    return _late(visit, heard, keep=True)


@customer.anywhere("send-late")
def send_late(visit: Visit, heard: Choice) -> Step:
    return _late(visit, heard, keep=False)


def _late(visit: Visit, heard: Choice, *, keep: bool) -> Step:
    wallet = kept_here(visit)
    if wallet is None:
        return visit.go("wallet")
    moved = wallet.late(heard.number or 0, keep=keep)
    if isinstance(moved, Refusal):
        return visit.stay(Message("late-settled"))
    words = Message("late-kept", amount=moved) if keep else Message("late-sent", amount=moved)
    return alone(visit.go("wallet"), words)


@customer.anywhere("withdraw", Intent.WITHDRAW)
def withdraw(visit: Visit, heard: Choice | Understanding) -> Step:
    if (asked := changes_besides(visit, heard)) is not None:
        return asked
    wallet = kept_here(visit)
    if wallet is None:
        return visit.go("wallet")
    if wallet.balance().minor <= 0:
        return alone(visit.go("wallet"), Message("wallet-empty"))
    if not isinstance(heard, Understanding) or heard.amount is None or not sure(heard):
        return visit.go("wallet-amount", task="withdraw")
    return _take_out(visit, wallet, heard.amount)


def _take_out(visit: Visit, wallet: WalletPort, figure: Decimal) -> Step:
    """To the own number only, whatever number was said; the code goes there first."""
    amount = _money(visit, figure)
    sent = amount if isinstance(amount, Refusal) else wallet.withdraw(amount)
    if isinstance(sent, Refusal):
        return visit.note(explain(sent)).go("wallet-amount", task="withdraw")
    return visit.restart("wallet-code", task="withdraw", amount=sent.amount.minor)


def _money(visit: Visit, figure: Decimal) -> Money | Refusal:
    currency = visit.ports.shop.currency
    try:
        amount = Money.of(figure, currency)
    except MoneyError:
        return BadAmount(str(figure))
    return amount if 0 < amount.minor < 10**15 else BadAmount(str(figure))


@customer.state("wallet-amount")
class Amount:
    """How much goes in or out."""

    def show(self, visit: Visit) -> Reply:
        wallet = kept_here(visit)
        if wallet is None:
            return visit.say(Message("wallet-none"), options=(BROWSE, HUMAN))
        if visit.text("task") == "withdraw":
            asked = Message("withdraw-ask", amount=wallet.balance())
        else:
            asked = Message("top-up-ask")
        return visit.say(asked, options=(BACK,), asks=Asked.AMOUNT)

    @on(Asked.AMOUNT)
    def said(self, visit: Visit, heard: Understanding) -> Step:
        wallet = kept_here(visit)
        figure = heard.amount
        goods = any(item.sku for item in heard.items)
        if wallet is None or figure is None or goods:
            return elsewhere(visit, heard) or visit.stay(Message("hint-amount"))
        if visit.text("task") == "withdraw":
            return _take_out(visit, wallet, figure)
        return _put_in(visit, figure, heard)
