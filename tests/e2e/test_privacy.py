"""What must not be found anywhere afterwards: secrets that people typed, and in the logs nobody's phone."""

import json
import re
from collections.abc import Iterator

import pytest
from click.testing import Result
from sqlalchemy import JSON, String, func, select

from bot.ops.logging import configure
from store.forgetting.personal import PERSONAL
from store.models import Base, OrderRow, OutboxRow
from tests.e2e.house import ACCOUNT, SECRET, House, Phone, eventually
from tests.e2e.trade import Shop

CUSTOMER = "+256772300070"
LANDMARK = "mosque with two doors"
# Columns of text beside a person that name nobody.
NAMES_NOBODY = {
    *("payout_numbers.rail", "payout_numbers.outcome"),
    *("customers.locale", "customers.price_list", "customers.rail"),
    *("points_entries.key", "points_entries.kind", "points_entries.lots", "points_entries.note"),
    *("staff.role", "staff.locale", "riders.locale", "riders.zones", "riders.last_zone"),
    *("invitations.zones", "invitations.part", "invitations.outcome"),
    *(
        "orders.savings",
        "orders.lacking",
        "risk_cases.rail",
        "risk_cases.currency",
        "risk_cases.signals",
    ),
    *("risk_cases.verdict", "risk_cases.by"),
    *("conversations.locale", "conversations.held_by", "facts.name"),
    *(
        "inbox.message_id",
        "inbox.medium",
        "carts.status",
        "carts.agreed",
        "carts.coupon",
        "bargains.sku",
    ),
    *("conversations.tongues", "shares.sku", "shares.token"),
    *("returns.status", "returns.reason", "returns.goods"),
    # Wishes, saved lists and named places are taken out whole.
    *(f"named_places.{name}" for name in ("name", "name_key", "area", "landmark")),
    *("wishes.sku", "saved_lists.name", "saved_lists.name_key", "saved_lists.lines"),
    *("wholesale_applications.status", "wholesale_applications.by"),
    *(
        "outbox.kind",
        "outbox.media_url",
        "outbox.status",
        "outbox.provider_id",
        "outbox.error_code",
    ),
    *("orders.status", "orders.payment_status", "orders.currency", "orders.fulfilment"),
    *("orders.rail", "orders.channel", "orders.zone", "orders.eta", "orders.code"),
    *(
        f"payment_attempts.{name}"
        for name in (
            *("rail", "currency", "status", "reason_code", "provider_id", "got", "medium"),
            "purpose",
        )
    ),
    *(
        f"payouts.{name}"
        for name in (
            *("account", "rail", "currency", "status", "reason_code", "provider_id", "by"),
        )
    ),
    *(f"challenges.{name}" for name in ("purpose", "currency", "digest", "outcome")),
}
PIN, OTHER_PIN, CARD = "83917", "64205", "4111111111111111"


def everything_kept(house: House) -> str:
    """Every row of every table, as JSON."""

    def rows() -> Iterator[str]:
        with house.world.engine.connect() as connection:
            for table in Base.metadata.sorted_tables:
                for row in connection.execute(select(table)):
                    yield json.dumps(list(row), default=str)

    return "\n".join(rows())


def command(house: House, known_as: str) -> Result:
    """What `people forget` says."""
    words = ["people", "forget", known_as, "--yes"]
    return house.app.test_cli_runner().invoke(args=words)


def unsent(house: House) -> int:
    waiting = OutboxRow.status.in_(("queued", "sending", "unknown"))
    return house.in_books(lambda s: s.scalar(select(func.count()).where(waiting))) or 0


def pay_by_momo(customer: Phone, asked: str) -> None:
    """From the question how to pay to the wallet's prompt."""
    payer = customer.choose("mtn", asked, "number")
    customer.choose("confirm|place", customer.say("1", "confirm|place"), "PIN")
    assert CUSTOMER in payer


def test_secrets_that_are_typed_are_kept_nowhere(house: House) -> None:
    customer = house.whatsapp(CUSTOMER)
    customer.say("2 soap", "soap")
    customer.say(f"take it from my card {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:]}", ".")
    customer.say(f"my momo pin is {PIN}", ".")
    step = customer.say("checkout", "pick")
    step = customer.choose("pick", step, "pay")
    pay_by_momo(customer, step)
    assert "never send your PIN" in customer.say(OTHER_PIN, ".")
    kept = everything_kept(house)
    assert CUSTOMER in kept
    for secret in (CARD, CARD[4:8] + " " + CARD[8:12], PIN, OTHER_PIN):
        # Random ids hold runs of digits too: what was typed stands by itself.
        assert not re.search(rf"(?<![0-9a-z]){secret}(?![0-9a-z])", kept), secret


def test_a_person_who_asks_for_it_is_forgotten_and_the_books_stay(house: House) -> None:
    customer, shop = house.whatsapp(CUSTOMER), Shop(house)
    customer.say("2 soap", "soap")
    customer.choose("delivery", customer.say("checkout", "delivery"))
    customer.say("kamwokya", "landmark|near|find")
    pay_by_momo(customer, customer.say(f"near the {LANDMARK}", "pay"))
    assert command(house, CUSTOMER).exit_code == 1
    house.approve(CUSTOMER)
    refused = command(house, CUSTOMER)
    assert "order 1001 is under way" in refused.stderr
    shop.bring(customer)
    eventually(lambda: not unsent(house), "a quiet outbox")
    before = house.order(1001)
    done = command(house, CUSTOMER)
    assert "1 orders" in done.stderr
    kept = everything_kept(house)
    for personal in (CUSTOMER, "772300070", LANDMARK):
        assert personal not in kept, next(row for row in kept.splitlines() if personal in row)
    after = house.order(1001)
    assert {**after, "customer": before["customer"]} == before
    # Whoever writes from that number is new here, and sees nothing of what was.
    assert "1001" not in house.whatsapp(CUSTOMER).say("where is my order", ".")
    assert command(house, "+256772399990").exit_code == 1
    assert "shop's file" in command(house, "+256772100001").stderr


def test_every_column_that_may_name_somebody_is_known() -> None:
    """A new column of text beside a person is either taken out or named here."""
    unclear = [
        f"{table.name}.{column.name}"
        for model in Base.__subclasses__()
        if "person_id" in (table := model.__table__).c
        for column in table.c
        if isinstance(column.type, String | JSON) and column.name not in PERSONAL.get(model, {})
    ]
    assert set(unclear) == NAMES_NOBODY


def test_no_log_line_names_a_person_or_a_secret(
    house: House, capfd: pytest.CaptureFixture[str]
) -> None:
    configure("DEBUG", readable=False)
    try:
        customer, shop = house.whatsapp(CUSTOMER), Shop(house)
        customer.say("2 soap", "soap")
        customer.say(f"my pin is {PIN}", ".")
        customer.choose("delivery", customer.say("checkout", "delivery"))
        customer.say("kamwokya", "landmark|near|find")
        pay_by_momo(customer, customer.say("near the mosque", "pay"))
        house.approve(CUSTOMER)
        shop.bring(customer)
        house.dial("*284*77*12#", CUSTOMER).reply("1")
        house.sms(CUSTOMER, "22884", "africastalking").say("MAMA", "Mama")
    finally:
        configure("WARNING")
    code = house.in_books(lambda s: s.scalars(select(OrderRow.code)).one())
    logged = capfd.readouterr().err
    assert '"level": "debug"' in logged
    people = ("772300070", "772100001", "772200001", "772300 070")
    secrets = ("twilio-token", "at-key", SECRET, ACCOUNT.secret)
    for hidden in (*people, *secrets):
        assert hidden not in logged, next(line for line in logged.splitlines() if hidden in line)
    for typed in (code, PIN):
        assert not re.search(rf"\b{typed}\b", logged)
