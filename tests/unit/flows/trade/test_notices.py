from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.channel import Medium
from channels.render import Reader, Words, render
from channels.render.amounts import money
from channels.render.gsm import is_gsm, plain, segments
from flows import happenings as h
from flows.money import Money
from flows.notices import Customer, Haste, Notice, OwnPhone, Rider, Sellers, notices
from flows.notices.notice import Phone as Number
from flows.notices.table import NOTICES
from flows.ports.delivery import Fulfilment
from flows.ports.orders import DeliveryStatus, Order, OrderLine, OrderStatus, PaymentStatus
from flows.ports.payments import Attempt, AttemptStatus, NextStep
from flows.reply import Reply
from tests.fakes.happenings import (
    ATTEMPT,
    CARRIED,
    CASH,
    GONE,
    HAPPENINGS,
    MONEY_IN,
    PICKUP,
    PROMPTED,
    C,
    N,
    P,
    R,
    S,
)
from tests.fakes.trade import BODA, NOW, PAID, SHOP, a_job, an_order, ugx


def recipient(notice: Notice) -> str:
    match notice.to:
        case Customer():
            return C
        case Sellers():
            return S
        case Rider():
            return R
        case OwnPhone():
            return P
        case Number():
            return N


def sms(notice: Notice, words: Words) -> str:
    reader = Reader("en", "Africa/Kampala", recipient(notice))
    reply = Reply((notice.message,), notice.menu)
    drawn = render(reply, Medium.SMS, reader, words, NOW, provider="twilio")
    (draft,) = drawn.texts
    return draft.text


def to(who: str, happening: h.Happening, words: Words) -> str:
    (notice,) = (n for n in notices(happening, SHOP) if recipient(n) == who)
    return sms(notice, words)


@pytest.mark.parametrize(("happening", "heard_by"), HAPPENINGS)
def test_whoever_must_hear_of_it_does_in_words(
    happening: h.Happening, heard_by: list[str], words: Words
) -> None:
    told = notices(happening, SHOP)
    assert [recipient(notice) for notice in told] == heard_by
    for notice in told:
        text = sms(notice, words)
        assert is_gsm(text)
        assert "{" not in text
        assert "  " not in text
        assert segments(text).count <= 3


def test_everything_that_can_happen_has_its_row() -> None:
    everything = set(get_args(h.Happening))
    assert set(NOTICES) == everything
    assert {type(happening) for happening, _ in HAPPENINGS} == everything


def test_a_new_cash_order_says_all_a_seller_needs(words: Words) -> None:
    assert to(S, h.OrderPlaced(CASH, awaits_payment=False), words) == (
        "New order 1001: Rice 5kg x2. UGX 53,000 cash. Kamwokya. +256772123456. "
        "Reply OK 1001 or NO 1001"
    )


def test_a_paid_order_is_to_be_packed_or_first_to_be_accepted(words: Words) -> None:
    assert "READY 1001" in to(S, h.OrderPaid(MONEY_IN, confirmed=True), words)
    assert "OK 1001 or NO 1001" in to(S, h.OrderPaid(MONEY_IN, confirmed=False), words)


def test_of_an_order_that_late_money_pays_the_seller_hears_once(words: Words) -> None:
    """By OrderPaid, as of any other."""
    successor = an_order(1002, status=OrderStatus.CONFIRMED, **PAID)
    told = (h.LateMoney(GONE, successor, None), h.OrderPaid(successor, confirmed=True))
    to_sellers = [n for each in told for n in notices(each, SHOP) if recipient(n) == S]
    assert len(to_sellers) == 1


def test_the_code_comes_with_the_goods_on_their_way_and_with_a_pickup(words: Words) -> None:
    assert "Give the code 4321 only when you have your goods" in to(
        C, h.OrderShipped(CARRIED), words
    )
    assert "Your code is 4321" in to(C, h.OrderReady(PICKUP), words)
    assert "4321" not in to(C, h.OrderReady(CASH), words)


def test_the_code_is_never_written_to_sellers_or_riders(words: Words) -> None:
    for happening, _ in HAPPENINGS:
        for notice in notices(happening, SHOP):
            if recipient(notice) != C:
                assert "4321" not in sms(notice, words)


def test_an_offer_has_everything_but_the_customers_phone_in_one_message(words: Words) -> None:
    text = to(R, h.DeliveryOffered(CASH, "rider-1", a_job()), words)
    assert text == (
        "Delivery 1001: Mama Njeri Foods to Kamwokya, behind Shell. Take UGX 53,000 cash. "
        "Until 14:05: YES 1001 or NO 1001"
    )
    assert segments(text).count == 1


def test_a_parcel_that_nobody_takes_offers_four_ways_out() -> None:
    (notice,) = notices(h.NobodyAccepted(CASH), SHOP)
    assert notice.menu is not None
    ids = [option.id for option in notice.menu.options]
    assert ids == ["own:1001", "as-pickup:1001", "offer:1001", "cmd:NO 1001"]


def test_who_waits_for_a_rider_that_does_not_come_may_wait_come_or_cancel() -> None:
    waits = replace(CASH, nobody_brings=True)
    seller, customer = notices(h.StillNobody(waits, fetched=True), SHOP)
    assert seller.to == Sellers(all_phones=True)
    assert seller.menu is not None
    assert [o.id for o in seller.menu.options][:2] == ["own:1001", "as-pickup:1001"]
    assert customer.menu is not None
    assert [o.id for o in customer.menu.options] == ["track:1001", "fetch:1001", "cancel:1001"]
    _, customer = notices(h.StillNobody(waits, fetched=False), SHOP)
    assert customer.menu is not None
    assert [o.id for o in customer.menu.options] == ["track:1001", "cancel:1001"]


def test_the_second_reminder_goes_to_every_phone(words: Words) -> None:
    reach = [notices(h.SellerSilent(CASH, n), SHOP)[0].to for n in (1, 2)]
    assert reach == [Sellers(), Sellers(all_phones=True)]


def test_who_waits_too_long_for_the_seller_may_cancel() -> None:
    (notice,) = notices(h.SellerSilent(CASH, 3), SHOP)
    assert notice.menu is not None
    assert [option.id for option in notice.menu.options] == ["cancel:1001", "track:1001"]


@pytest.mark.parametrize("step", NextStep)
def test_a_failed_payment_says_what_can_be_done(step: NextStep, words: Words) -> None:
    attempt = Attempt("a", 1001, "mtn-momo", "+256", ugx(1), AttemptStatus.FAILED, None, step)
    (notice,) = notices(h.PaymentFailed(PROMPTED, attempt), SHOP)
    assert words.text(notice.message, Reader("en", "Africa/Kampala", C), Medium.SMS)
    assert notice.menu is not None
    assert notice.menu.options[0].id == "pay:1001"


@pytest.mark.parametrize("takes_cash", [True, False])
def test_cash_is_offered_after_a_failed_payment_only_where_it_is_taken(takes_cash: bool) -> None:
    shop = replace(SHOP, takes_cash=takes_cash)
    (notice,) = notices(h.PaymentFailed(PROMPTED, ATTEMPT), shop)
    assert notice.menu is not None
    ids = [option.id for option in notice.menu.options]
    cash = ["cash:1001"] if takes_cash else []
    assert ids == ["pay:1001", "other-number:1001", *cash, "track:1001"]


def test_a_customer_who_waits_is_answered_by_number_else_by_phone_else_by_choice(
    words: Words,
) -> None:
    known = h.HandedOver("p", "Amina", "+256772123456", "is it fresh?", 1001, first=True)
    assert "REPLY 1001" in to(S, known, words)
    new = h.HandedOver("p", "Amina", "+256772123456", "is it fresh?", None, first=True)
    assert "REPLY +256772123456" in to(S, new, words)
    hidden = h.HandedOver("p", "Amina", None, "is it fresh?", None, first=True)
    assert "1 Answer" in to(S, hidden, words)


def test_long_pasted_words_do_not_cost_the_seller_a_fortune(words: Words) -> None:
    pasted = h.HandedOver("p", "Amina", "+256772123456", "word " * 500, 1001, first=True)
    assert segments(to(S, pasted, words)).count <= 3


def test_a_riders_own_reason_is_passed_on_as_written(words: Words) -> None:
    text = to(S, h.DeliveryFailed(CARRIED, "gate was locked"), words)
    assert "Okello could not deliver order 1001: gate was locked." in text


def test_an_answer_of_the_seller_is_in_haste() -> None:
    (notice,) = notices(h.SellerWrote("person-1", "yes"), SHOP)
    assert notice.kind is Haste.REPLY
    assert notice.to == Customer("person-1")


text_of = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
amounts = st.builds(
    Money, st.integers(0, 999_999_999_999), st.sampled_from(["UGX", "NGN", "KES", "XAF"])
)


@st.composite
def any_order(draw: st.DrawFn) -> Order:
    total = draw(amounts)
    lines = tuple(
        OrderLine("sku", name, draw(st.integers(1, 999)), total, total)
        for name in draw(st.lists(text_of, min_size=1, max_size=12))
    )
    return an_order(
        draw(st.integers(1001, 9_999_999)),
        lines=lines,
        total=total,
        area=draw(text_of),
        customer_phone="+" + draw(st.text("0123456789", min_size=9, max_size=15)),
        fulfilment=draw(st.sampled_from(Fulfilment)),
        payment_status=draw(st.sampled_from(PaymentStatus)),
        due_at_door=draw(st.none() | amounts),
    )


@settings(max_examples=150)
@given(order=any_order(), kind=st.integers(0, 3))
def test_a_new_order_is_always_one_sms_with_its_number_money_and_phone(
    order: Order, kind: int, words: Words
) -> None:
    alerts: list[h.Happening] = [
        h.OrderPlaced(order, awaits_payment=False),
        h.OrderPaid(order, confirmed=True),
        h.OrderPaid(order, confirmed=False),
        h.SellerSilent(order, 1),
    ]
    text = to(S, alerts[kind], words)
    assert is_gsm(text)
    assert segments(text).count == 1
    assert order.customer_phone is not None
    assert order.customer_phone in text
    assert plain(money(order.total, "en")) in text
    answer = f"READY {order.number}" if kind == 1 else f"OK {order.number} or NO {order.number}"
    assert text.endswith(answer)


def test_only_who_has_the_parcel_is_told_to_bring_it_back(words: Words) -> None:
    gone = an_order(status=OrderStatus.CANCELLED, rider=BODA)
    assert "bring it back" in to(R, h.OfferWithdrawn(gone, BODA.id), words)
    assert "no longer on offer" in to(R, h.OfferWithdrawn(gone, "somebody-else"), words)


def test_a_withdrawn_offer_claims_no_other_rider(words: Words) -> None:
    """It is withdrawn too when nobody took it."""
    assert "another rider" not in to(R, h.OfferWithdrawn(an_order(), "rider-2"), words)


def test_the_seller_hears_what_must_be_fast(words: Words) -> None:
    fast = an_order(fulfilment=Fulfilment.EXPRESS)
    assert "Kamwokya (FAST)" in to(S, h.OrderPlaced(fast, awaits_payment=False), words)


def test_a_new_address_without_a_landmark_has_no_empty_part(words: Words) -> None:
    moved = an_order(area="Ntinda", landmark=None)
    assert "Ntinda" in to(S, h.AddressChanged(moved), words)
    assert "-" not in to(S, h.AddressChanged(moved), words)


def test_the_seller_is_not_asked_to_pack_what_is_packed() -> None:
    packed = an_order(
        status=OrderStatus.PROCESSING, rider=BODA, delivery=DeliveryStatus.ACCEPTED, **PAID
    )
    confirmed = replace(packed, status=OrderStatus.CONFIRMED)
    alerts = [
        next(n for n in notices(h.RiderAssigned(order), SHOP) if isinstance(n.to, Sellers))
        for order in (confirmed, packed)
    ]
    assert [alert.message.key for alert in alerts] == [
        "alert-rider-assigned",
        "alert-rider-comes",
    ]
