"""What a customer asks who wants to be forgotten, in memory."""

from dataclasses import dataclass

from flows.ports.refusals import Refusal


@dataclass
class FakeForgetting:
    """`why` stands in the way; `asked`: it was said with a yes."""

    why: Refusal | None = None
    lost: int = 0
    asked: bool = False

    def hindered(self) -> Refusal | None:
        return self.why

    def points(self) -> int:
        return self.lost

    def forget(self) -> Refusal | None:
        self.asked = self.why is None
        return self.why
