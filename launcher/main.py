"""The commands of ./dev, in one table."""

import os
from collections.abc import Callable

from launcher import (
    checking,
    environment,
    integrating,
    locking,
    measuring,
    proving,
    running,
    testing,
)
from launcher.places import ROOT
from launcher.say import StopError, StopRequested, say

USAGE = """Counterpart: AI initiatives governed by technology and people as equals.

  ./dev run          everything up, with the demonstration company; Ctrl-C stops everything
  ./dev test         every test, on real servers and a real browser (./dev test -k word)
  ./dev check        format, lint, types, import map, templates, migrations, locks, Docker files
  ./dev fix          repair what the tools can repair
  ./dev ci           check, test, coverage floors
  ./dev bench        the figures
  ./dev prove …      the long forms of proofs by many trials, as in ./dev prove journal
  ./dev lock         compile the requirement files again (needs uv)
  ./dev manage …     manage.py in the same environment, against the same servers

On Windows: python dev run. More in docs/running.md."""

Command = Callable[[list[str]], int]
COMMANDS: dict[str, Command] = {
    "run": running.run,
    "test": testing.test,
    "check": checking.check,
    "fix": checking.fix,
    "ci": integrating.ci,
    "bench": measuring.bench,
    "prove": proving.prove,
    "lock": locking.lock,
    "manage": running.manage_command,
}


def main(arguments: list[str]) -> int:
    """Run one command; a refusal is one line and exit code 1."""
    word = arguments[0] if arguments else ""
    if word not in COMMANDS:
        print(USAGE)
        return 0 if word in ("help", "-h", "--help") else 2
    os.chdir(ROOT)
    environment.keep_bytecode(os.environ)
    try:
        return COMMANDS[word](arguments[1:])
    except StopError as refusal:
        say(str(refusal))
        return 1
    except (KeyboardInterrupt, StopRequested):
        return 130
