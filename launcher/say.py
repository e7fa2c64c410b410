"""What the launcher tells the person who started it."""

import sys


class StopError(Exception):
    """The launcher cannot go on; the message is one line with the way out."""


class StopRequested(BaseException):
    """Someone asked the launcher to end (SIGTERM or SIGHUP)."""


def say(message: str) -> None:
    """Print one line."""
    print(f"[dev] {message}", flush=True)


def progress(message: str) -> None:
    """Overwrite one line on a terminal; keep quiet elsewhere."""
    if sys.stdout.isatty():
        print(f"\r\033[K[dev] {message}", end="", flush=True)


def end_progress() -> None:
    """Clear the line that `progress` wrote."""
    if sys.stdout.isatty():
        print("\r\033[K", end="", flush=True)
