"""./dev run: everything up, and everything down again."""

import os
import time

from launcher import environment, platforms, ports, preparing, product, servers
from launcher.claims import Claim
from launcher.places import LOGS, PYTHON, VAR
from launcher.processes import Family, end_on_signals, foreground
from launcher.say import StopError, StopRequested, say

CLAIM = Claim(VAR / "run.lock")
HELP = """usage: ./dev run [--port N] [--empty]

  --port N   listen on 127.0.0.1:N (default: PORT, else 8000)
  --empty    do not load the demonstration company (then: found your own on the first page)"""


def run(arguments: list[str]) -> int:
    """Bring everything up; stay until Ctrl-C, SIGTERM or the end of a part."""
    port, demonstration = read_options(arguments, dict(os.environ))
    platforms.check_servers(os.environ, platforms.here())
    take_claim(f"http://127.0.0.1:{port}/")
    family = Family()
    end_on_signals()
    try:
        if not ports.is_free(port):
            raise StopError(busy(port))
        environment.ensure("embedded")
        web = f"http://127.0.0.1:{port}"
        doors = servers.start(family, web)
        preparing.prepare(doors, demonstration=demonstration)
        product.start(family, doors.runtime, port)
        CLAIM.note(command="run", address=f"{web}/", ready=True)
        say(f"Counterpart is at {web}/  (Ctrl-C stops everything)")
        preparing.show_way_in(doors.runtime)
        return watch(family)
    except (KeyboardInterrupt, StopRequested):
        say("stopping …")
        family.stop()
        say("stopped; the data stays in var/")
        return 0
    finally:
        family.stop()
        CLAIM.release()


def read_options(arguments: list[str], env: dict[str, str]) -> tuple[int, bool]:
    """Return the port, and whether the demonstration is wanted."""
    rest = list(arguments)
    wanted = env.get("PORT", "8000")
    demonstration = True
    while rest:
        word, _, value = rest.pop(0).partition("=")
        if word == "--port" and (value or rest):
            wanted = value or rest.pop(0)
        elif word == "--empty":
            demonstration = False
        else:
            raise StopError(f"run does not know {word!r}.\n{HELP}")
    if not wanted.isdigit() or int(wanted) not in range(1, 65536):
        raise StopError(f"{wanted!r} is not a port: give a number between 1 and 65535.")
    return int(wanted), demonstration


def busy(port: int) -> str:
    """Return the way out of a busy port."""
    return (
        f"port {port} is in use by another program: stop that one, or choose another port: "
        f"./dev run --port {port + 1}"
    )


def take_claim(address: str, claim: Claim = CLAIM) -> None:
    """Refuse a second run of the same checkout, and say where the first one is."""
    if claim.take(command="run", address=address):
        return
    other = claim.holder()
    if other.get("command") == "run":
        raise StopError(
            f"Counterpart is already running at {other['address']} (process {other['pid']}): "
            "use that one, or stop it with Ctrl-C there first."
        )
    raise StopError(
        f"./dev manage (process {other.get('pid', '?')}) is using the servers: "
        "wait until it is done, then run this again."
    )


def watch(family: Family) -> int:
    """Stay until a part ends; that is an error, for all belong together."""
    while True:
        if dead := family.first_dead():
            code = dead.process.returncode
            say(f"{dead.name} ended by itself (exit {code}): stopping the others; see {LOGS}")
            return 1
        time.sleep(0.3)


OWNERS_COMMANDS = {"migrate", "makemigrations", "sqlmigrate", "showmigrations", "squashmigrations"}


def manage_command(arguments: list[str]) -> int:
    """Run manage.py against the running servers, else against servers of its own meanwhile."""
    platforms.check_servers(os.environ, platforms.here())
    environment.ensure("embedded")
    family = Family()
    end_on_signals()
    ours = CLAIM.take(command="manage")
    other = {} if ours else CLAIM.holder()
    if other.get("command") == "manage":
        raise StopError(
            f"another ./dev manage (process {other['pid']}) is using the servers: wait for it."
        )
    if not ours and not other.get("ready"):
        raise StopError("Counterpart is just starting (./dev run): try again in a moment.")
    address = str(other.get("address", "http://127.0.0.1:8000/")).rstrip("/")
    try:
        doors = servers.start(family, address) if ours else servers.doors(address)
        if doors.made and arguments[:1] != ["migrate"]:
            preparing.manage(doors.owner, "migrate", "--verbosity", "0")
            servers.settle(ran=False)
        env = doors.owner if OWNERS_COMMANDS & set(arguments[:1]) else doors.runtime
        return foreground([PYTHON, "manage.py", *arguments], env=env)
    except (KeyboardInterrupt, StopRequested):
        return 130
    finally:
        family.stop()
        CLAIM.release()
