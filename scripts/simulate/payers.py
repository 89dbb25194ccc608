"""Who is asked for money on their phone, or by a link, and what they do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import accumulate

from payments.emulated import Answer, Prompt, Wallets
from scripts.simulate.day import Day

ANSWERS: Mapping[str, int] = {
    "approves": 76, "refuses": 6, "has too little": 6, "never answers": 5, "answers too late": 4,
    "pays another amount": 2, "has it taken back": 1,
}  # fmt: skip
BELOW = dict(zip(ANSWERS, accumulate(ANSWERS.values()), strict=True))
# Longer than any shop waits, shorter than the emulated networks do here.
TOO_LATE = 1500.0
NETWORK_WAITS = timedelta(minutes=40)
# A provider that calls once more does so an hour later.
TOLD_LATER = 3600.0


@dataclass(slots=True)
class Payers:
    """`watch` looks for prompts that nobody has seen yet."""

    day: Day
    answers: dict[str, int] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)

    def watch(self) -> None:
        for rail, purse in self.day.server.providers.purses.items():
            prompts = purse.all()
            for prompt in prompts[self._seen.get(rail, 0) :]:
                self._plan(rail, purse, prompt)
            self._seen[rail] = len(prompts)

    def _plan(self, rail: str, purse: Wallets, prompt: Prompt) -> None:
        luck, about = self.day.luck, (rail, prompt.payer, prompt.amount, prompt.currency)
        drawn = luck.of(100, "answer", *about)
        word = next(word for word, below in BELOW.items() if drawn < below)
        key = f"{rail}: the payer {word}"
        self.answers[key] = self.answers.get(key, 0) + 1
        seconds = TOO_LATE if word == "answers too late" else 8.0 + luck.of(80, "pause", *about)
        if word != "never answers":
            self.day.daytime.after(seconds, lambda: self._answer(purse, prompt, word))

    def _answer(self, purse: Wallets, prompt: Prompt, word: str) -> None:
        reference = prompt.reference
        if word == "refuses":
            purse.answer(reference, Answer.REFUSE)
        elif word == "has too little":
            purse.fail(reference)
        elif word == "pays another amount":
            purse.faults.other_amount = str(Decimal(prompt.amount) // 2)
            purse.approve(reference)
            purse.faults.other_amount = None
        else:
            purse.approve(reference)
        if word == "has it taken back":
            self.day.daytime.after(2 * TOLD_LATER, lambda: purse.reverse(reference))
        if self.day.luck.of(100, "told later", prompt.payer, prompt.amount) < 10:
            self.day.luck.count("a call back once more, an hour late")
            self.day.daytime.after(TOLD_LATER, lambda: purse.call_back(reference))
