"""./dev bench: the figures, taken on servers of their own that keep their data as in ./dev run."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from launcher import environment, platforms, ports, servers, testing
from launcher.places import PYTHON
from launcher.postgres import OWNER, Cluster, embedded_programs
from launcher.processes import Family, end_on_signals, foreground
from launcher.say import StopError, StopRequested, say
from launcher.valkey import Valkey
from launcher.valkey import version as valkey_version


def bench(arguments: list[str]) -> int:
    """Run bench/ against fresh servers; it starts the product itself."""
    with measured_on() as (env, engines):
        code = foreground([PYTHON, "-m", "bench", *arguments], env=env)
    say(f"engines: {engines}")
    return code


@contextlib.contextmanager
def measured_on() -> Iterator[tuple[dict[str, str], str]]:
    """Start durable servers that are thrown away afterwards: their environment and names."""
    platforms.check_servers({}, platforms.here())
    environment.ensure("embedded")
    family = Family()
    end_on_signals()
    testing.sweep()
    folder = testing.FOLDER / str(os.getpid())
    try:
        yield start(family, folder)
    except (KeyboardInterrupt, StopRequested):
        raise StopError("stopped before everything was measured.") from None
    finally:
        family.stop()
        shutil.rmtree(folder, ignore_errors=True)


def start(family: Family, folder: Path) -> tuple[dict[str, str], str]:
    """Start PostgreSQL, whose owner may make databases, and Valkey."""
    passwords = {role: secrets.token_hex(16) for role in servers.POSTGRES_ROLES}
    cluster = Cluster(embedded_programs(), folder / "postgres", ports.any_free(), passwords)
    cluster.start(family)
    cluster.sql(f"ALTER ROLE {OWNER} CREATEDB")
    valkey = Valkey(folder / "valkey", ports.any_free(), secrets.token_hex(16))
    valkey.start(family)
    env = {
        **os.environ,
        **servers.defaults("http://127.0.0.1:8000"),
        **testing.secrets_of_tests(),
        **servers.local_database(cluster),
        "REDIS_URL": valkey.url,
        "BENCH_FOLDER": str(folder / "bench"),
    }
    return env, f"PostgreSQL {cluster.version()}, Valkey {valkey_version()} (embedded, durable)"
