"""The two servers and the environments that reach them."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from launcher import keys, ports
from launcher.places import VAR
from launcher.postgres import OWNER, RUNTIME, Cluster, embedded_programs
from launcher.processes import Family
from launcher.valkey import Valkey

PORT_BOOK = VAR / "ports.json"
RAN = VAR / "postgres" / "ran"  # stands once a run has had its chance to load the demonstration
POSTGRES_ROLES = ("postgres", "owner", "app")


@dataclass(frozen=True)
class Doors:
    """Environments: every door's, and the owner's, who alone migrates."""

    runtime: dict[str, str]
    owner: dict[str, str]
    made: bool  # the database was made just now


def cluster(port: int) -> Cluster:
    """Return the embedded PostgreSQL of this checkout."""
    passwords = {role: keys.password(f"postgres_{role}") for role in POSTGRES_ROLES}
    return Cluster(embedded_programs(), VAR / "postgres", port, passwords)


def valkey(port: int) -> Valkey:
    """Return the embedded Valkey of this checkout."""
    return Valkey(VAR / "valkey", port, keys.password("valkey"))


def start(family: Family, web: str) -> Doors:
    """Start what the environment does not bring itself."""
    made = False
    if "DATABASE_URL" not in os.environ:
        made = cluster(ports.remembered(PORT_BOOK, "postgres")).start(family)
    if "REDIS_URL" not in os.environ:
        valkey(ports.remembered(PORT_BOOK, "valkey")).start(family)
    return doors(web, made=made)


def settle(*, ran: bool) -> None:
    """Note that the embedded database is complete and is kept from now on."""
    folder = VAR / "postgres"
    if (folder / "data").exists():
        (folder / "ready").touch()
        if ran:
            RAN.touch()


def doors(web: str, *, made: bool = False) -> Doors:
    """Return the environments, for servers that run already."""
    known = ports.read(PORT_BOOK)
    ours: dict[str, str] = {}
    owner = os.environ.get("DATABASE_OWNER_URL", os.environ.get("DATABASE_URL", ""))
    if "DATABASE_URL" not in os.environ:
        ours |= local_database(cluster(known.get("postgres", 0)))
        owner = ours.pop("DATABASE_OWNER_URL")
    elif "DATABASE_OWNER_URL" in os.environ:
        ours["RUNTIME_ROLE"] = urlsplit(os.environ["DATABASE_URL"]).username or ""
    if "REDIS_URL" not in os.environ:
        ours["REDIS_URL"] = valkey(known.get("valkey", 0)).url
    kept = {"CHECKPOINT_PLACES": f"file:{VAR / 'checkpoints.txt'}"}
    runtime = {**defaults(web), **kept, **os.environ, **ours, **keys.application()}
    runtime.pop("DATABASE_OWNER_URL", None)
    return Doors(runtime, {**runtime, "DATABASE_URL": owner}, made)


def local_database(of: Cluster) -> dict[str, str]:
    """Return the addresses of an embedded database."""
    return {
        "DATABASE_URL": of.url(RUNTIME, "app"),
        "DATABASE_OWNER_URL": of.url(OWNER, "owner"),
        "RUNTIME_ROLE": RUNTIME,
    }


def defaults(web: str) -> dict[str, str]:
    """Return what a run on one's own machine assumes unless told otherwise."""
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "HTTPS": "false",
        "BASE_URL": web,
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
    }
