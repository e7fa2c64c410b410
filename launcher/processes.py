"""Processes that we start and always end, each in a group of its own."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from launcher.places import LINUX, LOGS, ROOT, WINDOWS
from launcher.say import StopRequested, say

PATIENCE = 20  # seconds that a process has to end by itself
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


@dataclass
class Child:
    """One process with the signal that ends it politely."""

    name: str
    process: subprocess.Popen[bytes]
    end_by: int

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def stop(self, patience: float) -> None:
        """End it politely, then surely, and whatever it started."""
        if self.is_alive():
            with contextlib.suppress(OSError):
                self.process.terminate() if WINDOWS else self.process.send_signal(self.end_by)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                say(f"{self.name} did not end in {patience:g} s and is killed")
        if WINDOWS:
            self.process.kill()
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Family:
    """Everything that was started, ended in the opposite order."""

    children: list[Child] = field(default_factory=list)
    logs: Path = LOGS
    patience: float = PATIENCE

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        end_by: int = signal.SIGTERM,
        cwd: Path = ROOT,
        log: bool = False,
        user: tuple[int, int] | None = None,
    ) -> Child:
        """Start one process; with `log` its words go to var/log, else errors to the terminal."""
        self.logs.mkdir(parents=True, exist_ok=True)
        with (self.logs / f"{name}.log").open("ab") as file:
            process = subprocess.Popen(
                [str(part) for part in command],
                env=dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file if log else None,
                **_apart(end_by, user),
            )
        child = Child(name, process, end_by)
        self.children.append(child)
        return child

    def first_dead(self) -> Child | None:
        """Return a process that ended although nobody asked it to."""
        return next((child for child in self.children if not child.is_alive()), None)

    def stop(self) -> None:
        """End everything; whoever was started last ends first."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)
        while self.children:
            self.children.pop().stop(self.patience)


def _apart(end_by: int, user: tuple[int, int] | None) -> dict[str, Any]:
    if WINDOWS:
        return {"creationflags": getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)}
    apart: dict[str, Any] = {"start_new_session": True}
    if LINUX:
        apart["preexec_fn"] = _die_with_parent(end_by)
    if user:
        apart |= {"user": user[0], "group": user[1], "extra_groups": []}
    return apart


def _die_with_parent(end_by: int) -> Callable[[], None]:
    """Even a killed launcher leaves nothing behind: the kernel ends its children (Linux)."""
    library = ctypes.CDLL(None)

    def prepare() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        library.prctl(SET_PARENT_DEATH_SIGNAL, end_by)

    return prepare


def foreground(
    command: Sequence[str | Path], *, env: Mapping[str, str], output: IO[bytes] | int | None = None
) -> int:
    """Run one command on our terminal to its end; Ctrl-C is the command's to answer."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call(
            [str(part) for part in command], env=dict(env), cwd=ROOT, stdout=output
        )
    finally:
        signal.signal(signal.SIGINT, before)


def end_leftover(pid_file: Path, folder: Path, end_by: int) -> None:
    """End the server of a launcher that was killed: the data in its folder is ours alone."""
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if WINDOWS or str(folder) not in command_of(pid):
        return  # the number belongs to someone else by now
    os.kill(pid, end_by)
    until = time.monotonic() + PATIENCE
    while str(folder) in command_of(pid) and time.monotonic() < until:
        time.sleep(0.1)


def command_of(pid: int) -> str:
    """Return the command line of a process, or nothing when there is none."""
    if LINUX:
        try:
            return Path(f"/proc/{pid}/cmdline").read_text()
        except OSError:
            return ""
    return quiet(["ps", "-p", str(pid), "-o", "args="]).stdout


def end_on_signals() -> None:
    """SIGTERM and SIGHUP end us as Ctrl-C does, even when a shell started us in the background."""

    def ask(*_: object) -> None:
        raise StopRequested

    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), ask)


def quiet(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    **options: Any,  # noqa: ANN401 -- passed on to subprocess
) -> subprocess.CompletedProcess[str]:
    """Run a command and keep what it says."""
    return subprocess.run(
        [str(part) for part in command],
        env=dict(env) if env is not None else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding=sys.getdefaultencoding(),
        errors="replace",
        check=False,
        **options,
    )
