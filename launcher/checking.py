"""./dev check: everything that can be said without running the product."""

import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from launcher import compose, environment, locking
from launcher.places import PYTHON, ROOT, program
from launcher.processes import quiet
from launcher.say import StopError, say

PRODUCTION = {  # as in production; nothing is reached at these addresses
    "SECRET_KEY": "checks-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLM",
    "SERVER_SIGNING_KEY": "Y2hlY2tzIG9ubHk6IG5vdCBhIHNlY3JldCBrZXkgMzI=",
    "DATABASE_URL": "postgres://checks@127.0.0.1:1/checks",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "HTTPS": "true",
    "ALLOWED_HOSTS": "counterpart.example",
    "BASE_URL": "https://counterpart.example",
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "CHECKPOINT_PLACES": "file:/var/lib/counterpart/checkpoints.txt",
    "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history",
}


@dataclass(frozen=True)
class Step:
    """One check: its name, and what gives its exit code and its words."""

    name: str
    run: Callable[[], tuple[int, str]]


def check(arguments: list[str]) -> int:
    """Run every check, even after one failed; name the failed ones at the end."""
    if arguments:
        raise StopError("./dev check takes no arguments.")
    environment.ensure("dev")
    failed = [step.name for step in steps() if not passes(step)]
    if failed:
        say(f"failed: {', '.join(failed)}")
        return 1
    say("all checks passed")
    return 0


def passes(step: Step) -> bool:
    """Run one step and print its line."""
    started = time.monotonic()
    code, words = step.run()
    verdict = "FAILED" if code else "ok"
    say(f"{verdict:6} {step.name} ({time.monotonic() - started:.1f} s)")
    if words.strip() and (code or words.startswith("not ")):
        print(words.rstrip(), flush=True)
    return code == 0


def steps() -> list[Step]:
    """Return the checks, fastest first."""
    tested = [*tracked(".py"), "dev"]
    templates = tracked(".html")
    manage = [str(PYTHON), "manage.py"]
    deploy = [*manage, "check", "--deploy", "--fail-level", "WARNING"]
    schema = ["--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    return [
        Step("lock files", lambda: report(locking.guard())),
        tool("format", "ruff", "format", "--check", "--output-format", "concise", ".", "dev"),
        tool("lint", "ruff", "check", "--output-format", "concise", ".", "dev"),
        tool("template format", "djade", "--check", "--target-version", "5.2", *templates),
        tool("template lint", "djlint", "--lint", "--quiet", "templates"),
        tool("words", "codespell", *tested, *templates, *tracked(".md", ".yaml", ".yml")),
        tool("import map", "lint-imports", "--no-cache"),
        command("deployment", deploy),
        command("migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        tool("types", "mypy", "."),
        tool("Dockerfile", "hadolint", "Dockerfile"),
        tool("compose schema", "check-jsonschema", *schema),
        Step("compose file", compose.check),
    ]


def fix(arguments: list[str]) -> int:
    """Repair what the tools can repair by themselves."""
    if arguments:
        raise StopError("./dev fix takes no arguments.")
    environment.ensure("dev")
    commands = [
        [program("ruff"), "check", "--fix", ".", "dev"],
        [program("ruff"), "format", ".", "dev"],
        [program("djade"), "--target-version", "5.2", *tracked(".html")],
    ]
    codes = [subprocess.call(command, cwd=ROOT) for command in commands]
    return codes[0]  # formatters say "changed" by their exit code; only lint can stay broken


def tool(name: str, which: str, *arguments: str) -> Step:
    """Make a check by a program of the environment."""
    return command(name, [program(which), *arguments])


def command(name: str, words: list[str]) -> Step:
    """Make a check by a command."""

    def run() -> tuple[int, str]:
        ran = quiet(words, env={**os.environ, **PRODUCTION}, cwd=ROOT)
        return ran.returncode, ran.stdout

    return Step(name, run)


def report(complaints: list[str]) -> tuple[int, str]:
    """Make the answer of a check of our own."""
    return (1 if complaints else 0), "\n".join(complaints)


def tracked(*endings: str) -> list[str]:
    """Our own files with these endings, whether git knows them yet or not."""
    outside = {".venv", "var", "staticfiles", "node_modules", ".git"}
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(set(folders) - outside)
        here = os.path.relpath(folder, ROOT)
        found += [f"{here}/{file}".removeprefix("./") for file in files]
    return sorted(file for file in found if file.endswith(endings))
