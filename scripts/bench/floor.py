"""The yardstick: a bare Flask route that does only what no durable turn can leave out.

It verifies the signature, inserts the message, locks the person's row, updates it, inserts the answer,
commits and wakes the worker by a job on RQ: no flow, no language, no ORM. Its speed is the floor, on the
same database and under the same gunicorn. The lean route wakes as our server does, without a job for each
message: nothing can be durable for less.
"""

import os
import uuid
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, abort, request
from redis import Redis
from rq import Queue
from twilio.request_validator import RequestValidator

from bot.app import BACKGROUND
from bot.build import POOL
from bot.wake import RedisWake
from scripts.bench.walks import LEAN, MESSAGES
from store.scope import Woken
from store.transaction import open_engine

TABLES = """
CREATE TABLE floor_people (phone text PRIMARY KEY, state text NOT NULL, seen timestamptz NOT NULL);
CREATE TABLE floor_inbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, address text NOT NULL, message_id text NOT NULL,
    phone text NOT NULL, body text NOT NULL, received_at timestamptz NOT NULL, done_at timestamptz,
    UNIQUE (address, message_id));
CREATE TABLE floor_outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, reference uuid NOT NULL UNIQUE,
    phone text NOT NULL, body text NOT NULL, due_at timestamptz NOT NULL);
"""
EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
PAGE = "CON Welcome to the shop\n1. Shop\n2. Cart\n3. My orders\n0. Back"
# One of our addresses, for the wake-up.
ADDRESS = uuid.UUID(int=1)


class Nothing:
    """What gunicorn's hooks start and stop here."""

    def start(self) -> None: ...
    def stop(self) -> None: ...


def create_floor() -> Flask:
    """Settings are the server's own: DATABASE_URL, REDIS_URL, PUBLIC_URL, TWILIO_AUTH_TOKEN,
    AT_WEBHOOK_SECRET."""
    app = Flask("floor")
    app.extensions[BACKGROUND] = Nothing()
    engine = open_engine(os.environ["DATABASE_URL"], pool=POOL)
    redis = Redis.from_url(os.environ["REDIS_URL"])
    wake, queue = RedisWake(redis), Queue("floor", connection=redis)
    validator = RequestValidator(os.environ["TWILIO_AUTH_TOKEN"])
    public_url, secret = os.environ["PUBLIC_URL"], os.environ["AT_WEBHOOK_SECRET"]

    def transact(address: str, message_id: str, phone: str, body: str, answer: str) -> None:
        connection = engine.raw_connection()
        try:
            _turn(connection.cursor(), address, message_id, phone, body, answer)
            connection.commit()
        finally:
            connection.close()

    @app.post(MESSAGES)
    @app.post(LEAN)
    def message() -> Response:
        form = request.form
        signature = request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(public_url + request.path, form, signature):
            abort(403)
        transact(form["To"], form["MessageSid"], form["From"], form["Body"], "Welcome to the shop.")
        if request.path == LEAN:
            wake(Woken({ADDRESS}, {"reply"}))
        else:
            queue.enqueue("bot.jobs.deliver", str(ADDRESS), result_ttl=0)
        return Response(EMPTY, mimetype="text/xml")

    @app.post("/webhooks/africastalking/<given>/ussd")
    def ussd(given: str) -> Response:
        form = request.form
        if given != secret:
            abort(404)
        hop = f"{form['sessionId']}:{form['text']}"
        transact(form["serviceCode"], hop, form["phoneNumber"], form["text"], PAGE)
        return Response(PAGE, mimetype="text/plain")

    @app.get("/healthz")
    def alive() -> Response:
        return Response("ok")

    return app


def _turn(cursor: Any, address: str, message_id: str, phone: str, body: str, answer: str) -> None:
    now = datetime.now(UTC)
    cursor.execute(
        "INSERT INTO floor_inbox (address, message_id, phone, body, received_at)"
        " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
        (address, message_id, phone, body, now),
    )
    found = cursor.fetchone()
    if found is None:
        return
    cursor.execute("SELECT state FROM floor_people WHERE phone = %s FOR UPDATE", (phone,))
    if cursor.fetchone() is None:
        cursor.execute("INSERT INTO floor_people VALUES (%s, %s, %s)", (phone, "home", now))
    cursor.execute(
        "UPDATE floor_people SET state = %s, seen = %s WHERE phone = %s", ("home", now, phone)
    )
    cursor.execute("UPDATE floor_inbox SET done_at = %s WHERE id = %s", (now, found[0]))
    cursor.execute(
        "INSERT INTO floor_outbox (reference, phone, body, due_at) VALUES (%s, %s, %s, %s)",
        (str(uuid.uuid4()), phone, answer, now),
    )


if os.environ.get("SOKONI_FLOOR"):
    app = create_floor()
