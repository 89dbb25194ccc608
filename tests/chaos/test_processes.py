"""How the processes start and stop, in development and in production."""

from tests.chaos.conftest import Build
from tests.chaos.installation import SID
from tests.e2e.house import eventually

PUBLIC_URL = "https://sokoni.example"
# Seconds; on a machine that is busy with other tests too.
SOON = 10
NEEDED = ("SECRET_KEY", "PUBLIC_URL", "DATABASE_URL", "REDIS_URL")


def test_every_process_ends_cleanly_when_told_to(install: Build) -> None:
    city = install().open("web", "worker", "clock")
    city.whatsapp("+256772300001").say("hi", "Mama Njeri")
    for name in ("web", "worker", "clock"):
        code, seconds = city.processes.end(name)
        assert code == 0, f"{name}: {city.processes.said(name)}"
        assert seconds < SOON, name
        assert "Traceback" not in city.processes.said(name), city.processes.said(name)


def test_a_worker_that_is_told_to_stop_leaves_what_is_paced_to_the_next(install: Build) -> None:
    city = install().open("web", "clock")
    for n in range(40):
        city.whatsapp(f"+2567723{n:05d}").send("hi")
    city.processes.start("worker")
    eventually(lambda: city.twilio.messages, "a first message", 20)
    code, seconds = city.processes.end("worker")
    assert code == 0
    assert seconds < SOON
    assert 0 < city.queued() < 40
    city.processes.start("worker")
    eventually(lambda: city.queued() == 0, "an empty outbox", 20)
    assert len(city.twilio.messages) == 40


def test_production_refuses_to_start_without_its_settings(install: Build) -> None:
    missing = dict.fromkeys(NEEDED, "")
    city = install(SOKONI_ENV="production", **missing)
    city.processes.start("web", "worker", "clock")
    for name in ("web", "worker", "clock"):
        assert city.processes.wait(name) != 0
        said = city.processes.said(name)
        assert all(setting in said for setting in NEEDED), said


def test_production_runs_with_its_settings_and_without_a_lab(install: Build) -> None:
    city = install(
        SOKONI_ENV="production",
        SECRET_KEY="a long random text that is kept",
        PUBLIC_URL=PUBLIC_URL,
        AT_API_KEY="",
        MTN_MOMO_SECRET="",
    ).open("web", "worker", "clock")
    customer = city.whatsapp("+256772300001")
    # Signed over PUBLIC_URL; the status callback of the answer is there too.
    customer.say("hi", "Mama Njeri")
    assert city.twilio.messages[0].status_callback.startswith(PUBLIC_URL)
    assert city.get("/lab").status_code == 404
    assert city.get(f"/emulators/twilio/2010-04-01/Accounts/{SID}/Messages.json").status_code == 404
    ready = city.get("/readyz")
    assert ready.status_code == 200
    degraded = set(ready.json()["degraded"])
    assert {"africastalking", "mtn-momo"} <= degraded
    assert not degraded & {"twilio", "database", "redis", "spool", "model"}
    for name in ("worker", "clock"):
        said = city.processes.said(name)
        assert said.count("AT_API_KEY") == 1, said
        assert said.count("MTN_MOMO_SECRET") == 1, said
