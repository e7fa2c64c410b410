"""./dev test: every test on a real PostgreSQL, a real Valkey and a real browser."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from launcher import browser, environment, platforms, ports, servers
from launcher.places import PYTHON, VAR
from launcher.postgres import Cluster, embedded_programs
from launcher.processes import Family, end_on_signals, foreground, quiet
from launcher.say import StopError, StopRequested, say
from launcher.valkey import Valkey
from launcher.valkey import version as valkey_version

FOLDER = VAR / "test"
EMBEDDED = "embedded"


def test(arguments: list[str]) -> int:
    """Run pytest with these arguments; the last line says which engines ran."""
    wanted, rest = read_options(arguments)
    with tested_on(wanted) as (env, engines):
        code = foreground([PYTHON, "-m", "pytest", *rest], env=env)
    say(f"engines: {engines}")
    return code


def read_options(arguments: list[str]) -> tuple[str, list[str]]:
    """Which PostgreSQL; the rest is pytest's."""
    rest = list(arguments)
    for place, word in enumerate(rest):
        name, _, value = word.partition("=")
        if name == "--postgres":
            del rest[place]
            value = value or (rest.pop(place) if place < len(rest) else "")
            if not value.isdigit():
                raise StopError("--postgres takes the number of a version, as in --postgres 15.")
            return value, rest
    return EMBEDDED, rest


@contextlib.contextmanager
def tested_on(wanted: str) -> Iterator[tuple[dict[str, str], str]]:
    """Start servers of the tests' own: the environment that reaches them, and their names."""
    check_platform()
    environment.ensure("dev")
    chromium = browser.find(dict(os.environ))
    family = Family()
    end_on_signals()
    sweep()
    folder = FOLDER / str(os.getpid())
    try:
        env, engines = start(family, folder, wanted)
        names = [*engines, browser.version(chromium)]
        yield {**env, "CHROMIUM": chromium}, ", ".join(names)
    except (KeyboardInterrupt, StopRequested):
        raise StopError("stopped before the tests were done.") from None
    finally:
        family.stop()
        shutil.rmtree(folder, ignore_errors=True)


def check_platform() -> None:
    """Refuse this machine unless it can run servers or TEST_… addresses name some."""
    given = {name.removeprefix("TEST_"): value for name, value in os.environ.items()}
    platforms.check_servers(given, platforms.here())


def start(family: Family, folder: Path, wanted: str) -> tuple[dict[str, str], list[str]]:
    """Fast, forgetful servers, unless the environment brings its own."""
    env = {**os.environ, **servers.defaults("http://127.0.0.1:8000"), **secrets_of_tests()}
    engines = []
    if "TEST_DATABASE_URL" in os.environ:
        env["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
        engines.append("PostgreSQL of TEST_DATABASE_URL")
    else:
        cluster = make_cluster(folder / "postgres", wanted)
        cluster.start(family)
        env |= servers.local_database(cluster)
        env["DATABASE_URL"] = env.pop("DATABASE_OWNER_URL")
        engines.append(f"PostgreSQL {cluster.version()} ({wanted_words(wanted)})")
    if "TEST_REDIS_URL" in os.environ:
        env["REDIS_URL"] = os.environ["TEST_REDIS_URL"]
        engines.append("Redis of TEST_REDIS_URL")
    else:
        valkey = Valkey(folder / "valkey", ports.any_free(), secrets.token_hex(16), throwaway=True)
        valkey.start(family)
        env["REDIS_URL"] = valkey.url
        engines.append(f"Valkey {valkey_version()} (embedded)")
    return env, engines


def secrets_of_tests() -> dict[str, str]:
    """Values for one run, never those of the demonstration."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "SERVER_SIGNING_KEY": "dGVzdHMgb25seTogbm90IGEgc2VjcmV0IGtleSAzMkI=",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }


def make_cluster(folder: Path, wanted: str) -> Cluster:
    """Make a cluster that is thrown away; its owner may do everything."""
    passwords = {role: secrets.token_hex(16) for role in servers.POSTGRES_ROLES}
    programs = embedded_programs() if wanted == EMBEDDED else debian_programs(wanted)
    return Cluster(programs, folder, ports.any_free(), passwords, throwaway=True)


def debian_programs(version: str) -> Path:
    """Debian's PostgreSQL, installed when it is missing and we may."""
    programs = Path(f"/usr/lib/postgresql/{version}/bin")
    if not (programs / "initdb").exists() and browser.has_apt():
        say(f"installing Debian's postgresql-{version} …")
        browser.apt_install(f"postgresql-{version}")
    if not (programs / "initdb").exists():
        raise StopError(
            f"PostgreSQL {version} is not installed: on Debian, as root, apt install "
            f"postgresql-{version}; or set TEST_DATABASE_URL to one whose role is a "
            "superuser."
        )
    return programs


def wanted_words(wanted: str) -> str:
    """Where that server comes from."""
    return wanted if wanted == EMBEDDED else "Debian's"


def sweep() -> None:
    """Remove what a killed test run left."""
    for folder in FOLDER.glob("*"):
        if folder.name.isdigit() and not is_running(int(folder.name)):
            shutil.rmtree(folder, ignore_errors=True)


def is_running(pid: int) -> bool:
    """Whether a process has this number."""
    if os.name == "nt":
        return str(pid) in quiet(["tasklist", "/FI", f"PID eq {pid}"]).stdout
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
