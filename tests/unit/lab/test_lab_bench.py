"""Who is at the handsets, and what they are told to try."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.lab.bench import Bench, introduce, lay_out
from bot.lab.emulators import Emulators
from bot.lab.hints import hints
from store.models import DeliveryRow, OfferRow, OrderRow, PersonRow, RiderRow
from store.transaction import Sessions
from tests.fakes.lab import NOW


@pytest.fixture
def session(demo_books: Sessions) -> Iterator[Session]:
    with demo_books() as opened:
        yield opened
        opened.rollback()


def bench(session: Session, emulators: Emulators, **chosen: str) -> Bench:
    laid = lay_out(session, {"shop": "mama-njeri", **chosen}, emulators, None)
    assert laid is not None
    return laid


def test_a_shop_is_laid_out_with_its_people(session: Session, emulators: Emulators) -> None:
    laid = bench(session, emulators)
    assert laid.shop.name == "Mama Njeri Foods"
    assert laid.seller is not None
    assert laid.rider is not None
    assert laid.sms_to == "+256700000100"
    assert laid.customer in laid.customers


def test_what_is_no_longer_there_falls_back_to_the_first(
    session: Session, emulators: Emulators
) -> None:
    laid = lay_out(session, {"shop": "gone", "seller": "+1", "customer": "x"}, emulators, None)
    assert laid is not None
    assert laid.seller == laid.shop.sellers[0]
    assert laid.customer == laid.customers[0]


def test_any_valid_number_may_be_the_customers(session: Session, emulators: Emulators) -> None:
    laid = bench(session, emulators, customer="+256772123456")
    assert laid.customer.number == "+256772123456"
    assert laid.customer in laid.customers


def test_the_choice_leads_back_to_the_same_people(session: Session, emulators: Emulators) -> None:
    laid = bench(session, emulators, customer="+256762345222")
    again = lay_out(session, laid.chosen, emulators, None)
    assert again == laid


def test_a_new_shop_is_tried_by_its_own_numbers_and_goods(
    session: Session, emulators: Emulators
) -> None:
    shown = hints(session, bench(session, emulators).shop, None)
    assert [hint.text for hint in shown.dial] == ["*284*77#", "*284*77*11#"]
    assert "2 Rice" in [hint.text for hint in shown.whatsapp]
    assert shown.seller[0].text.startswith("STOCK ")


@pytest.mark.parametrize(
    ("status", "first"),
    [("pending", "OK 1001"), ("confirmed", "READY 1001"), ("processing", "REPLY 1001 On its way")],
)
def test_the_seller_is_offered_the_next_step_of_the_newest_order(
    session: Session, emulators: Emulators, status: str, first: str
) -> None:
    laid = bench(session, emulators)
    place(session, laid, status)
    assert hints(session, laid.shop, None).seller[0].text == first


@pytest.mark.parametrize(
    ("status", "first"),
    [
        ("offered", "YES 1001"),
        ("accepted", "PICKED 1001"),
        ("picked_up", "DELIVERED 1001 "),
        ("delivered", "JOBS"),
    ],
)
def test_the_rider_is_offered_the_next_step_of_their_job(
    session: Session, emulators: Emulators, status: str, first: str
) -> None:
    laid = bench(session, emulators)
    assert laid.rider is not None
    offer(session, laid, place(session, laid, "confirmed"), status)
    assert hints(session, laid.shop, laid.rider.number).rider[0].text == first


def test_the_networks_know_the_sellers_and_the_riders_by_name(
    session: Session, emulators: Emulators
) -> None:
    laid = bench(session, emulators)
    introduce(laid, emulators)
    assert laid.seller is not None
    assert laid.rider is not None
    for wallets in emulators.purses.values():
        assert wallets.holder(laid.seller.number) == laid.seller.name
        assert wallets.holder(laid.rider.number) == laid.rider.name


def place(session: Session, laid: Bench, status: str) -> OrderRow:
    """An order in some status, as far as hints look at it."""
    person = PersonRow(id=uuid4(), created_at=NOW)
    order = OrderRow(
        id=uuid4(),
        shop_id=laid.shop.id,
        person_id=person.id,
        number=1001,
        status=status,
        currency="UGX",
        subtotal=0,
        delivery_fee=0,
        total=0,
        fulfilment="standard",
        rail="cash",
        channel="sms",
        code="1234",
        created_at=NOW,
        updated_at=NOW,
    )
    session.add(person)
    session.flush()
    session.add(order)
    session.flush()
    return order


def offer(session: Session, laid: Bench, order: OrderRow, status: str) -> None:
    assert laid.rider is not None
    rider = session.scalars(
        select(RiderRow)
        .join(PersonRow, PersonRow.id == RiderRow.person_id)
        .where(RiderRow.shop_id == laid.shop.id, PersonRow.phone == laid.rider.number)
    ).one()
    delivery = DeliveryRow(
        id=uuid4(),
        shop_id=laid.shop.id,
        order_id=order.id,
        status=status,
        created_at=NOW,
        updated_at=NOW,
    )
    session.add(delivery)
    session.flush()
    answered = "open" if status == "offered" else "accepted"
    session.add(
        OfferRow(
            id=uuid4(),
            shop_id=laid.shop.id,
            delivery_id=delivery.id,
            rider_id=rider.id,
            wave=1,
            status=answered,
            offered_at=NOW,
            expires_at=NOW + timedelta(minutes=3),
        )
    )
    session.flush()
