"""The emulated pay page: where a link leads, with a button to pay and one not to."""

from flask import Response, redirect, render_template_string, request
from werkzeug.wrappers import Response as Answered

from payments.emulated import Answer, Prompt, Status, Wallets

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Paystack (emulated)</title>
<style>
  body { font: 1.1rem sans-serif; max-width: 22rem; margin: 2rem auto; padding: 0 1rem }
  button { font: inherit; display: block; width: 100%; margin: .5rem 0; padding: .8rem }
</style>
<h1>{{ prompt.currency }} {{ prompt.amount }}</h1>
<p>{{ prompt.message }}</p>
{% if waits %}
<form method="post">
  <button name="answer" value="approve">Pay</button>
  <button name="answer" value="short">Pay, without enough money</button>
  <button name="answer" value="refuse">Do not pay</button>
</form>
{% else %}
<p>{{ "Paid." if paid else "Not paid." }}</p>
{% endif %}
</html>
"""


class PayPage:
    def __init__(self, wallets: Wallets) -> None:
        self._wallets = wallets

    def show(self, access_code: str) -> Answered:
        prompt = self._find(access_code)
        if prompt is None:
            return Response("No such payment.", 404, mimetype="text/plain")
        paid, waits = prompt.status is Status.TAKEN, prompt.status is Status.WAITING
        return Response(render_template_string(PAGE, prompt=prompt, paid=paid, waits=waits))

    def answer(self, access_code: str) -> Answered:
        prompt = self._find(access_code)
        if prompt is None:
            return Response("No such payment.", 404, mimetype="text/plain")
        given = request.form.get("answer")
        if given == "short":
            self._wallets.fail(prompt.reference)
        elif given in (Answer.APPROVE, Answer.REFUSE):
            self._wallets.answer(prompt.reference, Answer(given))
        back = prompt.extra["back"]
        if given == "approve" and back:
            return redirect(f"{back}?trxref={prompt.reference}&reference={prompt.reference}", 303)
        return redirect(request.url, 303)

    def _find(self, access_code: str) -> Prompt | None:
        return next(
            (p for p in self._wallets.all() if p.link and p.extra["access_code"] == access_code),
            None,
        )
