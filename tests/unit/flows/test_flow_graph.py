from pathlib import Path

import pytest

from flows.customer import customer
from flows.founder import founder
from flows.graph import mermaid
from flows.machine import Machine
from flows.rider import rider
from flows.seller import seller

DOCUMENT = Path(__file__).parents[3] / "docs" / "flows.md"


@pytest.mark.parametrize(
    "machine", [customer, seller, rider, founder], ids=lambda machine: machine.role
)
def test_the_document_holds_the_graph_of_the_machine_as_it_is(machine: Machine) -> None:
    assert f"```mermaid\n{mermaid(machine)}```" in DOCUMENT.read_text("utf-8")


def test_every_state_is_led_to() -> None:
    drawing = mermaid(customer)
    led_to = {
        line.split("-->")[1].split(":")[0].strip() for line in drawing.splitlines() if "-->" in line
    }
    assert {name.replace("-", "_") for name in customer.states} <= led_to


def test_the_edges_say_what_leads_there() -> None:
    assert "    cart --> lines: change\n" in mermaid(customer)
    assert "    clear --> home: affirm, yes\n" in mermaid(customer)
