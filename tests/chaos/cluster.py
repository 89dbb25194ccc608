"""A PostgreSQL of the tests' own, so that it can be restarted without asking anybody."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg2

from tests.fakes.quiet_ports import quiet_port

INSTALLED = Path("/usr/lib/postgresql")
# PostgreSQL does not run as root: the first of these that the machine knows.
ACCOUNTS = ("postgres", "nobody")
# Quick, and as safe as the tests need: nobody pulls this machine's plug.
CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 250
shared_buffers = 64MB
fsync = off
full_page_writes = off
"""


def find_binaries() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest PostgreSQL here; None where there is none."""
    versions = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    found = str(versions[0]) if versions else shutil.which("initdb")
    return Path(found).parent if found else None


class Cluster:
    """Its data are in a folder of its own under /tmp, and gone after `stop`."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._account = _account() if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="sokoni-postgres-"))
        self._data = self._folder / "data"
        self.port = quiet_port()
        if self._account is not None:
            shutil.chown(self._folder, self._account)

    def start(self) -> None:
        """Made anew, and answering when this returns."""
        self._run("initdb", "--no-sync", "--username=postgres", "--auth=trust", "--encoding=UTF8")
        with (self._data / "postgresql.conf").open("a") as file:
            file.write(f"{CONFIGURATION}port = {self.port}\n")
        self._control("start")

    def restart(self) -> None:
        """As after a crash: every connection breaks, and what was committed is read from the log."""
        self._control("restart", "--mode=immediate")

    def stop(self) -> None:
        try:
            self._control("stop", "--mode=immediate")
        finally:
            shutil.rmtree(self._folder)

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def administer(self, statement: str) -> None:
        """Do what cannot be done in a transaction."""
        connection = psycopg2.connect(self.url())
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    def _control(self, *words: str) -> None:
        self._run("pg_ctl", *words, "--wait", f"--log={self._folder / 'log'}")

    def _run(self, program: str, *words: str) -> None:
        command: Sequence[str | Path] = (self._binaries / program, f"--pgdata={self._data}", *words)
        # Not into pipes: the server inherits them, and they would never end.
        with (self._folder / "said").open("ab") as said:
            done = subprocess.run(
                command,
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=60,
                check=False,
                user=self._account,
                group=_group_of(self._account),
                extra_groups=[] if self._account is not None else None,
            )
        assert done.returncode == 0, (self._folder / "said").read_text()[-2000:]


def _account() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ACCOUNTS if name in known)


def _group_of(account: str | None) -> int | None:
    return pwd.getpwnam(account).pw_gid if account is not None else None
