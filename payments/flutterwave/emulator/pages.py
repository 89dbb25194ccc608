"""The pages on which customers pay. Source: Flutterwave v3 documentation, "Flutterwave Standard" (the way
back carries status, tx_ref and transaction_id) and "Testing" (cards)."""

import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode

from flask import Response, redirect, render_template_string, request
from werkzeug.wrappers import Response as AnyResponse

from payments.emulated import Prompt, Status, Wallets

# Made-up cards and what becomes of them; any other is approved.
CARDS: Mapping[str, str] = {
    "5258585922666506": "Insufficient Funds",
    "5143010522339965": "Do Not Honour",
    "5590131743294314": "Declined by Financial Institution",
}

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ prompt.message }}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 24rem; padding: 1rem }
button, input { font: inherit; width: 100%; box-sizing: border-box; padding: .75rem; margin: .25rem 0 }
</style>
<h1>{{ prompt.message }}</h1>
<p><strong>{{ prompt.currency }} {{ prompt.amount }}</strong> · emulated Flutterwave, no money moves</p>
{% if said %}<p role="alert">{{ said }}</p>{% endif %}
{% if over %}<p>This page is closed.</p>
{% else %}<form method="post">
<label>A test card, or leave it empty for Mobile Money <input name="card" inputmode="numeric"></label>
<button name="answer" value="pay">Pay</button>
<button name="answer" value="short">Pay without enough money</button>
<button name="answer" value="begin">Begin, and leave the prompt on the phone</button>
<button name="answer" value="cancel">Cancel</button>
</form>{% endif %}
</html>"""


class Pages:
    """`wallets` keeps what was tried on them."""

    def __init__(self, wallets: Wallets, now: Callable[[], datetime]) -> None:
        self._wallets = wallets
        self._now = now
        self._keys: dict[str, str] = {}
        self._lock = threading.Lock()

    def open(self, prompt: Prompt, base: str) -> str:
        """A page for one more way to pay `prompt`'s tx_ref; its address below `base`."""
        token = secrets.token_hex(10)
        link = f"{base}pay/{token}"
        self._keys[token] = self._ask(replace(prompt, link=link))
        return link

    def again(self, tx_ref: str) -> str:
        """The customer tries once more on the page of a tx_ref; what the new try is called. Raises
        KeyError for an unknown one."""
        before = self._wallets.find(tx_ref)
        if before is None:
            raise KeyError(tx_ref)
        key = self._ask(_fresh(before))
        with self._lock:
            for token, old in self._keys.items():
                if old == before.reference:
                    self._keys[token] = key
        return key

    def _ask(self, prompt: Prompt) -> str:
        with self._lock:
            tx_ref = prompt.extra["tx_ref"]
            tried = sum(p.extra["tx_ref"] == tx_ref for p in self._wallets.all())
            key = f"{tx_ref}/{tried + 1}" if tried else tx_ref
            self._wallets.ask(replace(prompt, reference=key))
        return key

    def show(self, token: str) -> Response | tuple[str, int]:
        prompt = self._prompt(token)
        if prompt is None:
            return "No such page.", 404
        return Response(self._drawn(prompt, ""))

    def answer(self, token: str) -> AnyResponse | tuple[str, int]:
        prompt = self._prompt(token)
        if prompt is None:
            return "No such page.", 404
        if self._over(prompt):
            return Response(self._drawn(prompt, ""))
        if prompt.status is Status.FAILED:
            self._keys[token] = self._ask(_fresh(prompt))
            prompt = self._prompt(token) or prompt
        said = self._act(prompt)
        if said:
            return Response(self._drawn(prompt, said))
        return redirect(self._way_back(prompt))

    def _act(self, prompt: Prompt) -> str:
        """What is said where the page stays."""
        answer = request.form.get("answer", "")
        card = "".join(filter(str.isdigit, request.form.get("card", "")))
        prompt.extra["by"] = "card" if card else "mobilemoneyug"
        if answer == "begin":
            prompt.extra["begun"] = "yes"
            return "Look at your phone."
        if answer == "pay" and card not in CARDS:
            self._wallets.approve(prompt.reference)
        elif answer in ("pay", "short"):
            self._wallets.fail(prompt.reference, CARDS.get(card))
            return prompt.reason or ""
        return ""

    def _way_back(self, prompt: Prompt) -> str:
        done = prompt.status is Status.TAKEN
        told = {
            "status": "successful" if done else "cancelled",
            "tx_ref": prompt.extra["tx_ref"],
            **({"transaction_id": prompt.transaction or ""} if done else {}),
        }
        return f"{prompt.extra['redirect_url']}?{urlencode(told)}"

    def _prompt(self, token: str) -> Prompt | None:
        return self._wallets.find(self._keys.get(token, ""))

    def _over(self, prompt: Prompt) -> bool:
        return prompt.status is Status.TAKEN or self._now() >= prompt.lapses_at

    def _drawn(self, prompt: Prompt, said: str) -> str:
        return render_template_string(PAGE, prompt=prompt, said=said, over=self._over(prompt))


def _fresh(prompt: Prompt) -> Prompt:
    """The same once more, of which nothing has become yet."""
    extra = {key: text for key, text in prompt.extra.items() if key not in ("begun", "by")}
    return replace(
        prompt,
        status=Status.WAITING,
        reason=None,
        taken=None,
        taken_currency=None,
        transaction=None,
        requests=1,
        extra=extra,
    )
