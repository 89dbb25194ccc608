"""A conversation survives whatever is said in it, by whoever says it, on both of its media."""

from collections.abc import Callable, Sequence
from uuid import uuid4

import pytest
from hypothesis import strategies as st

from channels.channel import Medium
from tests.e2e.fuzzing import ACCOUNT, CUSTOMER, TWILIO, Target, anything, encoded, for_each
from tests.e2e.house import House

# The server's own threads use chance while examples are drawn. PostgreSQL takes less than SQLite does.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Do not use the `random` module"),
    pytest.mark.databases("postgres"),
]

# What people of each kind write when things go well, to get deep into every conversation.
WORDS = {
    CUSTOMER: (
        *("hi", "1", "2", "3", "4", "0", "00", "99", "98", "yes", "no", "menu", "cart", "checkout"),
        *(
            "2 rice 5kg",
            "soap",
            "add 3 soap",
            "not rice but soap",
            "remove rice",
            "make it 5",
            "pay",
        ),
        *("kamwokya", "near the mosque", "0772300051", "cash", "track", "cancel order 1001"),
        *("reorder", "i have paid", "human", "STOP", "START", "change address", "1001", "bot"),
        *(
            "price of rice?",
            "where is order 1002",
            "help",
            "receipt",
            "luganda",
            "deliver to ntinda",
        ),
    ),
    "+256772100001": (
        *("OK 1001", "OK", "NO 1001 finished", "READY 1001", "STOCK soap 40", "STOCK soap +5"),
        *("STOCK soap -5", "PRICE soap 5000", "PRICE soap 1", "ORDERS", "SALES", "OPEN", "CLOSE"),
        *("REPLY 1001 coming", "BOT 1001", f"REPLY {CUSTOMER} yes", f"BOT {CUSTOMER}", "BALANCE"),
        *("PAYOUT 5000", "HELP", "PICKED 1001", "DELIVERED 1001 0000", "1", "2", "yes", "no"),
        *("STOCK soap 99999999999999999999", "PRICE soap 99999999999999999999", "REPLY", "STOCK"),
        *("PRICE rice 1e9", "PRICE soap 0", "STOCK rice-5kg 2.5", "OK 999999999", "1 2 3"),
    ),
    "+256772200001": (
        *(
            "ON",
            "OFF",
            "YES 1001",
            "YES",
            "NO 1001",
            "PICKED 1001",
            "PICKED",
            "DELIVERED 1001 0000",
        ),
        *("DELIVERED 1111", "FAIL 1001 nobody home", "JOBS", "UNDO", "HELP", "1", "2", "code"),
        *("FAIL", "DELIVERED 1001 99999999999999", "UNDO 999999999", "0", "yes"),
    ),
}
OURS = {Medium.WHATSAPP: "+256312000001", Medium.SMS: "+256312000002"}
PRESSED = (
    *("add:soap:9223372036854775808", "set:rice:-5", "add:x:1", "do:add:soap:1;add:rice:1"),
    *("swap:take:soap:0;add:rice:1", "do:" + "add:soap:1;" * 22, "track:99999999999999999999"),
    *("cancel:²", "reorder:²", "reorder:99999999999999999999", "pay:1001", "cash:1001", "yes"),
    *("confirm", "change:x", "rail:wallet", "kind:express", "area:Mars", "as-seller:OK 1001"),
    *("as-rider:PICKED 1001", "category:x", "info:x", "language:xx", "product:", "quantity:x"),
    *("paid:1001", "other-number:1001", "address:1001", "as-seller:", "talk:x:y", ":", "page:2"),
)


def test_a_conversation_survives_whatever_is_said(build_house: Callable[..., House]) -> None:
    target = Target(build_house)
    people = st.sampled_from(tuple(WORDS))
    turns = people.flatmap(
        lambda person: st.tuples(
            st.just(person),
            st.one_of(*[st.sampled_from(WORDS[person])] * 3, anything),
            st.sampled_from(tuple(OURS)),
            st.one_of(st.none(), st.none(), st.sampled_from(PRESSED)),
        )
    )

    def check(turns: Sequence[tuple[str, str, Medium, str | None]]) -> None:
        for person, text, medium, pressed in turns:
            prefix = "whatsapp:" if medium is Medium.WHATSAPP else ""
            form = [
                ("AccountSid", ACCOUNT),
                ("MessageSid", f"SM{uuid4().hex}"),
                ("From", prefix + person),
                ("To", prefix + OURS[medium]),
                ("Body", text),
                ("ButtonPayload", pressed or ""),
            ]
            assert target.post(TWILIO, encoded(form)) == 200
        target.assert_nothing_half_written()

    for_each(80, st.lists(turns, min_size=1, max_size=5), check)
