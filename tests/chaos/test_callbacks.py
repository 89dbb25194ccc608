"""A payment is approved while the database is away: the wallet's callback is answered, and what it said is
found by asking."""

import requests

from tests.chaos.conftest import Build
from tests.e2e.house import eventually

CUSTOMER = "+256772300001"


def test_a_callback_while_the_database_is_away_is_answered_and_the_payment_found(
    install: Build,
) -> None:
    city = install().open("web", "worker", "clock")
    customer = city.whatsapp(CUSTOMER)
    step = customer.choose("check out", customer.say("one soap please", "soap"))
    step = customer.choose("pick", step)
    step = customer.choose("mtn|mobile money|momo", step)
    step = customer.choose("256772300001", step)
    customer.choose("confirm|place|yes", step, "PIN|approve|prompt")
    prompt = eventually(lambda: city.wallets.prompts(CUSTOMER), "a prompt")[0]
    city.database.cut()
    city.wallets.approve(prompt.reference)
    city.wallets.callbacks.wait()
    url = f"{city.url}/webhooks/mtn-momo/{prompt.reference}"
    said = {"status": "SUCCESSFUL", "externalId": prompt.reference}
    assert requests.put(url, json=said, timeout=10).status_code == 200
    assert requests.post(url, data=b"\x00", timeout=10).status_code == 200
    city.database.mend()
    customer.read("we got your")
    assert city.order_status() == ("confirmed", "paid")
