"""What a stranger may try: numbers of other people's orders, options that nobody was offered, words of
sellers and riders, and texts that look like something else to a program."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from bot.cli.books import load_shops
from store.models import Base, InboxRow, OrderRow
from tests.e2e.house import House, Phone
from tests.e2e.trade import Shop

BUYER, STRANGER, SELLER = "+256772300080", "+256772300081", "+256772100001"

# Never offered to somebody who has just come, whoever sends them.
UNOFFERED = (
    *("confirm", "yes", "order:1001", "track:1001", "cancel:1001", "pay:1001", "cash:1001"),
    *("paid:1001", "other-number:1001", "address:1001", "reorder:1001", "rail:cash", "rail:wallet"),
    *("payer:+256772300080", "kind:pickup", "area:Kamwokya", "change:area", "resume", "fresh"),
    *("set:soap:-5", "set:soap:99999999999999999999", "add:soap:0", "add:soap:999999999999"),
    *("add:gown:1", "add:rice:1", "take:soap:1", "do:set:soap:-1;add:soap:1000", "swap:x", "do:"),
    *("cmd:OK 1001", "cmd:STOCK soap 0", "cmd:PRICE soap 3000", "as-seller:OK 1001", "job:1001"),
    *("as-seller:STOCK soap 0", "as-rider:PICKED 1001", "code:1001", "answer:x:hi", "give-back:x"),
)


def buy(customer: Phone) -> str:
    """A cash order for a pickup; what was said last."""
    step = customer.choose("pick", customer.say("2 soap, checkout", "pick"), "pay")
    step = customer.choose("cash", step, "confirm|place")
    return customer.choose("confirm|place", step, "1001")


def state_of_trade(house: House) -> list[str]:
    """Everything that counts: orders, money, carts, stock, what sellers and riders hold. When a shop is told
    of its day is the clock's own affair."""
    watched = {
        *("orders", "order_lines", "order_history", "payment_attempts", "refunds", "cart_lines"),
        *("stock", "stock_movements", "holds", "products", "variants", "deliveries", "offers"),
        *("shops", "staff", "riders"),
    }
    tables = [t for t in Base.metadata.sorted_tables if t.name in watched]
    assert watched == {t.name for t in tables}
    return house.in_books(
        lambda s: [
            str(tuple(row))
            for table in tables
            for row in s.execute(select(*(c for c in table.c if c.name != "tell_day_at")))
        ]
    )


def press(house: House, phone: str, option: str) -> None:
    extra = {"ButtonPayload": option, "ButtonText": option}
    assert house.twilio.say(phone, "+256312000001", option, extra=extra).status == 200


def failures(house: House) -> list[str]:
    return house.in_books(
        lambda s: [f for f in s.scalars(select(InboxRow.failure)) if f is not None]
    )


def test_options_that_were_not_offered_change_nothing(build_house: Callable[..., House]) -> None:
    # A stranger who is as patient as that is no flooder.
    house = build_house(sender_messages_per_minute=1000)
    buy(house.whatsapp(BUYER))
    house.whatsapp(STRANGER).say("hi", "Mama")
    before = state_of_trade(house)
    for option in UNOFFERED:
        press(house, STRANGER, option)
        assert state_of_trade(house) == before, option
    assert failures(house) == []


def test_nobody_sees_or_moves_the_order_of_another(house: House) -> None:
    buy(house.whatsapp(BUYER))
    before = state_of_trade(house)
    stranger = house.whatsapp(STRANGER)
    stranger.say("hi", "Mama")
    seen = [
        stranger.say(words, ".")
        for words in (
            "where is order 1001",
            "1001",
            "cancel order 1001",
            "pay 1001",
            "#1001",
            "yes",
        )
    ]
    seen.append(house.dial("*284*77*1001#", STRANGER).screen)
    seen.append(house.dial("*284*77#", STRANGER).reply("1001"))
    assert state_of_trade(house) == before
    for said in seen:
        for private in ("9,000", "Bar Soap", BUYER, "code is"):
            assert private not in said
    assert "1001" in house.dial("*284*77*1001#", BUYER).screen


def test_words_of_the_trade_from_a_stranger_are_a_customers_words(house: House) -> None:
    buy(house.whatsapp(BUYER))
    before = state_of_trade(house)
    for words in ("PICKED 1001", "DELIVERED 1001 0000", "YES 1001", "NO 1001", "OK", "JOBS"):
        house.sms(STRANGER).say(words, ".")
        house.whatsapp(STRANGER).say(words, ".")
        assert state_of_trade(house) == before, words


def test_a_code_is_not_found_by_trying(house: House) -> None:
    customer, shop = house.whatsapp(BUYER), Shop(house)
    buy(customer)
    shop.seller.say("OK 1001", "1001")
    shop.seller.say("READY 1001", "1001")
    code = house.in_books(lambda s: s.scalars(select(OrderRow.code)).one())
    guesses = [f"{number:04d}" for number in range(11) if f"{number:04d}" != code]
    for guess in guesses[:10]:
        shop.seller.say(f"DELIVERED 1001 {guess}", ".")
    shop.seller.say(f"DELIVERED 1001 {code}", ".")
    assert house.order(1001)["status"] == "processing"


def test_prices_are_not_cut_below_half_by_a_forged_caller_id(house: House) -> None:
    seller = house.sms(SELLER)
    seller.say("PRICE soap 2000", "half")
    seller.say("PRICE soap 2300", "2,300")
    seller.say("PRICE soap 1200", "half")
    assert "2,300" in house.whatsapp(STRANGER).say("price of bar soap", "soap")


HOSTILE = r"{total} {0.__class__} %s %(n)s <b> \1 {{}}"


def test_names_that_look_like_placeholders_are_only_names(house: House, tmp_path: Path) -> None:
    text = (Path(__file__).parent / "shops" / "mama.toml").read_text()
    for name, short in (("Bar Soap", "Soap"), ("Mama Njeri Foods", "Mama")):
        text = text.replace(f'name = "{name}"', f"name = '{short} {HOSTILE}'")
    file = tmp_path / "mama.toml"
    file.write_text(text)
    load_shops(house.world, [file])
    customer, shop = house.whatsapp(BUYER), Shop(house)
    assert house.twilio.say(BUYER, customer.to, "hi", extra={"ProfileName": HOSTILE}).status == 200
    assert f"Mama {HOSTILE}" in customer.read("Mama")
    assert f"Soap {HOSTILE}" in customer.say("soap", "4,500")
    customer.say("2 soap", "9,000")
    step = customer.choose("pick", customer.say("checkout", "pick"), "pay")
    summary = customer.choose("cash", step, "confirm|place")
    assert HOSTILE in summary
    customer.choose("confirm|place", summary, "1001")
    shop.alert()
    said = customer.say("'); DROP TABLE orders; -- {total} %s", ".")
    assert "went wrong" not in said
    assert "Order 1001" in house.dial("*284*77#", BUYER).screen
    assert failures(house) == []
    assert house.order(1001)["total"] == "9000"
