"""The owner of a shop changes by phone where its money is paid to, and nobody else does: every message is a
signed webhook in, or a captured call to the provider out."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from store.models import AuditRow, PayoutNumberRow, StaffRow
from tests.e2e.house import House, Phone, eventually
from tests.e2e.test_taking_money_out import CODE, sold
from tests.e2e.trade import SELLER

pytestmark = pytest.mark.databases("postgres")

NEW, LATER = "+256772444555", "+256772666777"


def arrived(phone: Phone, *words: str) -> str:
    """The newest message with all of these words, before or after what was read last."""

    def look() -> str | None:
        sent = [text for text in phone.inbox() if all(word in text for word in words)]
        return sent[-1] if sent else None

    return eventually(look, " ".join(words))


def newest_code(owner: Phone, what: str) -> str:
    """Of the SMS with a code for that, on the owner's own phone."""
    found = CODE.search(arrived(owner, "is your code", what))
    assert found is not None
    return found[1]


def changed(house: House, phone: str) -> None:
    """By SMS, as one does it."""
    owner = house.sms(SELLER)
    owner.say(f"SETPAYOUT {phone}", "asking MTN")
    owner.read("belongs to")
    owner.say("yes", "6-digit code")
    owner.say(newest_code(owner, "changes the number"), "Done")


def a_day_later(house: House) -> None:
    def earlier(session) -> None:  # type: ignore[no-untyped-def]
        before = house.world.clock() - timedelta(hours=25)
        session.execute(update(PayoutNumberRow).values(set_at=before))

    house.in_books(earlier)


def test_the_money_goes_to_another_number_a_day_after_its_owner_has_proved_it(
    house: House,
) -> None:
    house.wallets.names.update({SELLER: "NJERI WAMBUI", NEW: "WAMBUI NJERI", LATER: "NJERI W"})
    shop = sold(house)
    owner, new = shop.seller, house.sms(NEW)
    assert "your own phone" in owner.say("SETPAYOUT", "To change it")
    changed(house, NEW)
    assert "+256****555" in arrived(owner, "from now on")
    assert "nothing is paid out before" in owner.say("PAYOUT 10000", "was changed")
    a_day_later(house)
    said = owner.say("SETPAYOUT", "To change it")
    assert "+256****555" in said
    assert "nothing is paid out" not in said
    owner.say("PAYOUT 10000", "6-digit")
    owner.say(newest_code(owner, NEW), "on its way")
    owner.read("has arrived")
    (payout,) = house.wallets.payouts()
    assert (payout.payee, payout.amount) == (NEW, "10000")
    changed(house, LATER)
    assert "does not send its money to this number" in new.read("any more")
    assert house.app.test_cli_runner().invoke(args=["money", "check"]).exit_code == 0
    codes = [found[1] for text in owner.inbox() if (found := CODE.search(text))]
    assert told(house, codes) == [
        f"ShopPayoutNumber.{name}" for name in ("propose", "agree", "confirm") * 2
    ]


def told(house: House, codes: list[str]) -> list[str]:
    """What the trail says of numbers, and no number or code in it."""

    def rows(session) -> list[AuditRow]:  # type: ignore[no-untyped-def]
        return list(session.scalars(select(AuditRow).order_by(AuditRow.id)))

    ours = [row for row in house.in_books(rows) if "PayoutNumber" in row.action]
    kept = repr([(row.given, row.before, row.after) for row in ours])
    for hidden in (NEW[1:], LATER[1:], "WAMBUI", *codes):
        assert hidden not in kept
    return [row.action for row in ours]


def test_on_whatsapp_the_name_and_the_code_come_by_sms_to_the_owners_own_phone(
    house: House,
) -> None:
    house.wallets.names.update({NEW: "WAMBUI NJERI"})
    owner, by_sms = house.whatsapp(SELLER), house.sms(SELLER)
    owner.say(f"SETPAYOUT MTN {NEW}", "asking MTN")
    by_sms.read("belongs to WAMBUI N")
    owner.say("Look again", "belongs to WAMBUI N")
    owner.say("Yes", "6-digit code")
    owner.say("000000", "not the code|tries|more")
    owner.say(newest_code(by_sms, "changes the number"), "Done")


def test_staff_who_are_no_owners_change_nothing(house: House) -> None:
    def demote(session) -> None:  # type: ignore[no-untyped-def]
        session.execute(update(StaffRow).values(role="seller"))

    house.in_books(demote)
    owner = house.sms(SELLER)
    owner.say(f"SETPAYOUT {NEW}", "Only the owner")
    owner.say("SETPAYOUT", "Only the owner")
    assert not house.in_books(lambda session: session.scalars(select(PayoutNumberRow)).all())


def test_the_code_of_one_number_does_not_set_another_and_is_not_guessed(house: House) -> None:
    """Whoever holds a forged caller id hears of no code, and three guesses are all."""
    house.wallets.names.update({NEW: "WAMBUI NJERI", LATER: "SSEMAKULA DENIS"})
    owner = house.sms(SELLER)
    owner.say(f"SETPAYOUT {NEW}", "asking MTN")
    owner.read("belongs to WAMBUI N")
    owner.say("Yes", "6-digit code")
    old = newest_code(owner, "changes the number")
    owner.say(f"SETPAYOUT {LATER}", "asking MTN")
    owner.read("belongs to SSEMAKULA D")
    owner.say(f"CODE {old}", "not waiting for a code")
    owner.say("SETPAYOUT", "belongs to SSEMAKULA D")
    owner.say("Yes", "6-digit code")
    right = newest_code(owner, "changes the number")
    for guess in ("000000", "000001", "000002"):
        owner.say(guess if guess != right else "000003", "code")
    owner.say(f"CODE {right}", "not waiting for a code")

    def in_force(session) -> list[PayoutNumberRow]:  # type: ignore[no-untyped-def]
        wanted = select(PayoutNumberRow).where(PayoutNumberRow.set_at.is_not(None))
        return list(session.scalars(wanted))

    assert house.in_books(in_force) == []


def test_the_platforms_staff_take_it_back(house: House) -> None:
    house.wallets.names.update({NEW: "WAMBUI NJERI"})
    owner, runner = house.sms(SELLER), house.app.test_cli_runner()
    changed(house, NEW)
    said = runner.invoke(args=["money", "payout-number", "mama"]).output
    assert "+256****555 mtn-momo, held until" in said
    dropped = runner.invoke(args=["money", "payout-number", "mama", "--drop"]).output
    assert "the owner's own phone, held until" in dropped
    assert "+256****001" in arrived(owner, "+256****001", "from now on")
    assert "your own phone" in owner.say("SETPAYOUT", "To change it")
    again = runner.invoke(args=["money", "payout-number", "mama", "--drop"])
    assert again.exit_code == 1
    newest = runner.invoke(args=["audit", "list", "--most", "1"]).output
    assert "money payout-number" in newest
    assert NEW not in newest
