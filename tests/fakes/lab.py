"""Stands in for the server behind the lab's webhooks."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from channels.emulated import Answered, Body
from payments.emulated import Prompt

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
AMINA = "+256762345111"


@dataclass
class Server:
    """Takes webhooks as the server would, and answers as it is told to."""

    status: int = 200
    body: str = "CON Welcome\n1 Rice"
    posts: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    bodies: list[bytes] = field(default_factory=list)

    def __call__(self, url: str, body: Body, headers: object) -> Answered:
        if isinstance(body, bytes):
            self.bodies.append(body)
        else:
            self.posts.append((url, dict(body)))
        return Answered(self.status, self.body)


def prompt(reference: str, payer: str = AMINA) -> Prompt:
    """A wallet's prompt that nobody is told about. It lapses in a time far from any test's."""
    return Prompt(
        reference=reference,
        payer=payer,
        amount="71000",
        currency="UGX",
        extra={"externalId": "1001"},
        message="Mama Njeri Foods 1001",
        callback_url=None,
        made_at=NOW,
        lapses_at=NOW + timedelta(days=36500),
    )
