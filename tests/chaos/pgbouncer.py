"""A PgBouncer in transaction mode before a PostgreSQL of the tests' own."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import psycopg2

from tests.e2e.house import eventually
from tests.fakes.quiet_ports import quiet_port

# Debian keeps it where only root looks.
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin"
USER = "sokoni"
# As docs/scaling.md has it, but for the addresses and who may come in.
CONFIGURATION = """
[databases]
* = host=127.0.0.1 port={server} user={user}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
admin_users = {user}
pool_mode = transaction
default_pool_size = {pool}
max_client_conn = 500
query_wait_timeout = 5
ignore_startup_parameters = options
"""


def find_program() -> str | None:
    return shutil.which("pgbouncer", path=PLACES)


class Bouncer:
    """At most `pool` connections to each database of the PostgreSQL at `server`."""

    def __init__(self, server: int, pool: int) -> None:
        self._server, self._pool = server, pool
        self.port = quiet_port()
        self._folder = Path(tempfile.mkdtemp(prefix="sokoni-pgbouncer-"))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        file = self._folder / "pgbouncer.ini"
        file.write_text(
            CONFIGURATION.format(server=self._server, user=USER, port=self.port, pool=self._pool)
        )
        self._folder.chmod(0o755)
        program = find_program()
        assert program is not None
        with (self._folder / "log").open("ab") as output:
            # It does not run as root.
            self._process = subprocess.Popen(
                (program, str(file)),
                stdout=output,
                stderr=output,
                user="nobody" if os.geteuid() == 0 else None,
            )
        eventually(self._listens, "PgBouncer")

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def seen(self, database: str) -> tuple[int, int]:
        """How many connections it has from us, and how many to PostgreSQL, at one moment."""
        row = self._pool_of(database)
        return (
            sum(row[kind] for kind in ("cl_active", "cl_waiting")),
            sum(row[f"sv_{kind}"] for kind in ("active", "idle", "used", "tested", "login")),
        )

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder)

    def _pool_of(self, database: str) -> Mapping[str, int]:
        console = psycopg2.connect(self.url("pgbouncer"))
        console.autocommit = True
        try:
            with console.cursor() as cursor:
                cursor.execute("SHOW POOLS")
                names = [column[0] for column in cursor.description or ()]
                rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        finally:
            console.close()
        # There is none before the first connection.
        pools = [row for row in rows if row["database"] == database]
        counts = [name for name in names if name.startswith(("cl_", "sv_"))]
        return {name: sum(int(pool[name]) for pool in pools) for name in counts}

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0
