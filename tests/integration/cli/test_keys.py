"""Credentials at rest: sealed by `shop load`, sealed anew by `keys rotate`, and nothing else changes."""

from pathlib import Path

import pytest
from sqlalchemy import event, select, text, update
from test_commands import run

from bot.app import create_app
from bot.settings import Settings
from bot.vault import key_of
from bot.world import World
from store.models import AddressRow, ShopRow
from store.sealing import NoVault
from store.shopfile import ShopFileError, load, read_files
from store.transaction import run as in_transaction

OLD, NEW = key_of("old"), key_of("new")
SECRETS = (
    "own-token",
    "rose-key",
    "rose-path-0123456789",
    "own-verify",
    "own-access",
    "collect-it",
)

ROSE = """
[shop]
slug = "rose"
name = "Rose Cakes"
model = "marketplace"
country = "UG"
currency = "UGX"
locales = ["en"]
owner = "+256772100077"

[[lines]]
channel = "sms"
provider = "twilio"
address = "+256312000077"
credentials = { account_sid = "AC2", auth_token = "own-token" }

[[lines]]
channel = "sms"
provider = "africastalking"
address = "22999"
credentials = { username = "rose", api_key = "rose-key", webhook_secret = "rose-path-0123456789" }

[[lines]]
channel = "whatsapp"
provider = "meta"
address = "106540352242922"
credentials = { access_token = "own-access", verify_token = "own-verify" }

[[products]]
sku = "cake"
name = "Cake"
price = 30000

[delivery]
pickup = true

[payments]
rails = ["mtn-momo", "cash"]
credentials = { mtn_momo_collection_key = "collect-it", mtn_momo_user = "u", mtn_momo_secret = "s" }
"""


class Desk:
    """The commands, with keys that change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "rose.toml"
        self.file.write_text(ROSE)

    def open(self, keys: str) -> World:
        self.app = create_app(
            Settings(
                _env_file=None, sokoni_data=self.folder, log_level="ERROR", credential_keys=keys
            )
        )
        self.world: World = self.app.extensions["sokoni.world"]
        return self.world

    def __call__(self, *words: str) -> tuple[int, str]:
        said = run(self.app, *words)
        return said.exit_code, said.stderr

    def found(self) -> list[str]:
        """Whom a request of each provider is from."""

        def look(session):
            accounts = self.world.accounts
            twilio = accounts.named(session, "twilio", "AC2")
            path = accounts.named(session, "africastalking", "rose-path-0123456789")
            token = accounts.own_token(session, "own-verify")
            return [*(account.secret for account in (*twilio, *path)), token]

        return in_transaction(self.world.sessions, look)

    def rail(self) -> object:
        shop = in_transaction(self.world.sessions, lambda s: s.scalars(select(ShopRow)).one())
        return self.world.rails.at(shop, "mtn-momo")

    def dump(self) -> str:
        """Everything that the database's file holds, the rows that are there now alone."""
        with self.world.engine.begin() as connection:
            rows = [
                str(tuple(row))
                for table in ("addresses", "shops")
                for row in connection.execute(text(f"SELECT * FROM {table}"))
            ]
        return "\n".join(rows)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.open(OLD)
    assert desk("db", "upgrade")[0] == 0
    assert desk("shop", "load", str(desk.file))[0] == 0
    return desk


FOUND = ["own-token", "rose-key", "own-verify"]


def test_no_secret_of_a_shop_file_stands_in_the_database(desk: Desk) -> None:
    assert "+256312000077" in desk.dump()
    for secret in SECRETS:
        assert secret not in desk.dump()
    assert desk.found() == FOUND
    assert desk.rail() is not desk.world.rails.platform("mtn-momo")


def test_the_platforms_account_costs_no_statement_and_a_lines_own_one_by_an_index(
    desk: Desk,
) -> None:
    asked: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, context, many):
        asked.append((statement, parameters))

    accounts, engine = desk.world.accounts, desk.world.engine
    platform = accounts.platform["africastalking"].webhook_secret
    event.listen(engine, "before_cursor_execute", note)
    with desk.world.sessions() as session:
        assert accounts.named(session, "africastalking", platform)
        assert asked == []
        for provider, claim in (("twilio", "AC2"), ("africastalking", "rose-path-0123456789")):
            asked.clear()
            assert accounts.named(session, provider, claim)
            [(statement, parameters)] = [one for one in asked if one[0].startswith("SELECT")]
            cursor = session.connection().connection.cursor()
            plan = str(cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall())
            assert "USING INDEX ix_addresses_" in plan
    event.remove(engine, "before_cursor_execute", note)


def test_loading_the_same_file_again_seals_nothing_anew(desk: Desk) -> None:
    before = desk.dump()
    assert "rose is as it was" in desk("shop", "load", str(desk.file))[1]
    assert desk.dump() == before


def test_other_credentials_in_the_file_are_the_ones_from_then_on(desk: Desk) -> None:
    desk.file.write_text(ROSE.replace("own-token", "next-token"))
    assert "rose was changed" in desk("shop", "load", str(desk.file))[1]
    assert desk.found() == ["next-token", *FOUND[1:]]
    without = "\n".join(line for line in ROSE.splitlines() if "credentials =" not in line)
    desk.file.write_text(without)
    assert "rose was changed" in desk("shop", "load", str(desk.file))[1]
    assert desk.found() == [None]
    assert desk.rail() is desk.world.rails.platform("mtn-momo")


def test_keys_are_changed_without_a_moment_in_which_an_account_is_not_found(desk: Desk) -> None:
    desk.open(f"{NEW},{OLD}")
    assert desk.found() == FOUND
    code, said = desk("keys", "check")
    assert code == 0
    assert "4 with an older one" in said
    assert "4 sealed with the first key, 0 were" in desk("keys", "rotate")[1]
    assert desk.found() == FOUND
    assert "0 sealed with the first key, 4 were" in desk("keys", "rotate")[1]
    desk.open(NEW)
    assert desk.found() == FOUND
    assert desk("keys", "check")[0] == 0
    for secret in (*SECRETS, NEW, OLD):
        assert secret not in said


def test_a_lost_key_puts_its_lines_off_and_is_told_by_check_and_readyz(desk: Desk) -> None:
    desk.open(NEW)
    assert desk.found() == [None]
    # Never the platform's in its place: the money would go to somebody else.
    assert desk.rail() is None
    code, said = desk("keys", "check")
    assert code == 1
    for named in ("sms twilio +256312000077", "whatsapp meta 106540352242922", "shop rose"):
        assert f"cannot be opened: {named}" in said
    assert desk("keys", "rotate")[0] == 1
    degraded = desk.app.test_client().get("/readyz").json["degraded"]
    assert "keys check" in degraded["credentials"]
    metrics = desk.app.test_client().get("/metrics").text
    assert "sokoni_process_unopened_credentials 4.0" in metrics
    # The shop's file is the other way back.
    assert desk("shop", "load", str(desk.file))[0] == 0
    assert desk.found() == FOUND


def test_what_an_earlier_version_kept_in_plain_works_until_it_is_sealed(desk: Desk) -> None:
    """As the migration leaves it: in the column where it always was."""

    def as_before(session) -> None:
        for provider, own in (
            ("twilio", {"account_sid": "AC2", "auth_token": "own-token"}),
            ("africastalking", {"webhook_secret": "rose-path-0123456789", "api_key": "rose-key"}
             | {"username": "rose"}),
            ("meta", {"access_token": "own-access", "verify_token": "own-verify"}),
        ):  # fmt: skip
            claim = own.get("webhook_secret") or own.get("verify_token")
            session.execute(
                update(AddressRow)
                .where(AddressRow.provider == provider)
                .values(sealed=None, credentials=own, claim=claim and f"plain:{claim}")
            )
        shop = session.scalars(select(ShopRow)).one()
        own = {
            "mtn_momo_collection_key": "collect-it",
            "mtn_momo_user": "u",
            "mtn_momo_secret": "s",
        }
        shop.sealed = None
        shop.settings = {**shop.settings, "payments": {"rails": ["mtn-momo"], "credentials": own}}

    in_transaction(desk.world.sessions, as_before)
    assert desk.found() == FOUND
    assert desk.rail() is not desk.world.rails.platform("mtn-momo")
    assert "4 lines and shops keep their credentials in plain" in desk("db", "upgrade")[1]
    assert "4 sealed with the first key, 0 were" in desk("keys", "rotate")[1]
    assert desk.found() == FOUND
    for secret in SECRETS:
        assert secret not in desk.dump()


def test_without_a_key_a_file_with_credentials_is_refused_and_told_what_to_do(desk: Desk) -> None:
    before, files, now = desk.dump(), read_files([desk.file]), desk.world.clock()
    with pytest.raises(ShopFileError, match="keys new") as refused:
        in_transaction(desk.world.sessions, lambda s: load(s, files, now, NoVault()))
    assert [mistake.key for mistake in refused.value.mistakes] == [
        *(f"lines[{place}].credentials" for place in range(3)),
        "payments.credentials",
    ]
    assert desk.dump() == before


def test_in_production_a_secret_path_that_can_be_guessed_is_refused(desk: Desk) -> None:
    desk.file.write_text(ROSE.replace("rose-path-0123456789", "rose-path"))
    assert desk("shop", "load", str(desk.file))[0] == 0
    production = Settings(
        _env_file=None,
        sokoni_env="production",
        sokoni_data=desk.folder,
        secret_key="a long random text",
        public_url="https://sokoni.example",
        database_url="postgresql://127.0.0.1:1/nobody",
        redis_url="redis://127.0.0.1:1/0",
        log_level="ERROR",
    )
    desk.app = create_app(production)
    code, said = desk("shop", "load", str(desk.file))
    assert code == 1
    assert "lines[1].credentials.webhook_secret: can be guessed" in said


def test_a_new_key_is_printed_and_can_be_used(desk: Desk) -> None:
    key = run(desk.app, "keys", "new").stdout.strip()
    desk.open(f"{key}, {OLD}")
    assert desk("keys", "rotate")[0] == 0
    assert desk.found() == FOUND
