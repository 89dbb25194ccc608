"""A way to pay that the project has never heard of: a class, and a row in bot/rails.py. Everything else
takes it along by itself: the shop file, the menus, the attempts, the webhooks, the words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from sqlalchemy import select

from bot import rails
from channels.emulated import serving
from store.models import AttemptRow
from tests.e2e.house import SHOPS, House, eventually
from tests.fakes.next_rail import NAME, KikapuPay, Office

CUSTOMER = "+256772300001"


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    office = Office()
    with serving(office.app()) as url:
        row = rails.Maker(lambda _: KikapuPay(url), lambda _, given: None)
        monkeypatch.setitem(rails.MAKERS, NAME, row)  # type: ignore[arg-type]
        yield office


@pytest.fixture
def house(office: Office, tmp_path: Path) -> Iterator[House]:
    mama = (SHOPS / "mama.toml").read_text(encoding="utf-8")
    (tmp_path / "mama.toml").write_text(
        mama.replace('rails = ["mtn-momo", "cash"]', f'rails = ["{NAME}", "cash"]'),
        encoding="utf-8",
    )
    built = House(tmp_path, f"sqlite:///{tmp_path}/sokoni.db", [str(tmp_path / "mama")])
    yield built
    built.stop()


def test_an_order_is_paid_by_it(house: House, office: Office) -> None:
    customer = house.whatsapp(CUSTOMER)
    added = customer.say("2 rice 5kg and one soap please", "soap")
    step = customer.choose("check out", added)
    step = customer.choose("pick it up", step)
    step = customer.choose(NAME, step)
    step = (
        customer.choose("0772300001|256772300001|this number", step) if "number" in step else step
    )
    customer.choose("confirm|place|yes", step, "PIN|approve|prompt")

    eventually(lambda: office.baskets, "a request to the office")
    assert office.baskets["K-1"] == {"amount": "44500", "phone": CUSTOMER}
    office.baskets["K-1"]["paid"] = True
    reference = house.in_books(lambda session: session.scalar(select(AttemptRow.id)))
    called = requests.post(f"{house.url}/webhooks/{NAME}/{reference}", json={}, timeout=5)
    assert called.status_code == 200
    customer.read("we got your")
    assert house.until(1001, payment_status="paid")["total"] == "44500"
    assert len(office.baskets) == 1


def test_what_it_refuses_is_said_with_what_can_be_done(house: House, office: Office) -> None:
    customer = house.whatsapp(CUSTOMER)
    added = customer.say("2 rice 5kg please", "rice")
    step = customer.choose("check out", added)
    step = customer.choose("pick it up", step)
    step = customer.choose(NAME, step)
    step = (
        customer.choose("0772300001|256772300001|this number", step) if "number" in step else step
    )
    customer.choose("confirm|place|yes", step, "PIN|approve|prompt")
    eventually(lambda: office.baskets, "a request to the office")
    office.baskets["K-1"]["why"] = "E-01"
    customer.read("top up|enough money|add money")
