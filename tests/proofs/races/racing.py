"""Acts begun together from a barrier, each on a real connection that its thread keeps."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier, Event

from django.db import connection

from kernel.refusals import RefusedError

PATIENCE = 60
Act = Callable[[], object]


@dataclass(frozen=True)
class Outcome:
    """What one act of a trial came to: a result, a refusal, or a crash that nobody expects."""

    name: str
    result: object = None
    refusal: RefusedError | None = None
    crash: str = ""

    @property
    def is_done(self) -> bool:
        return self.refusal is None and not self.crash


class Racers:
    """Threads with connections of their own, which begin together."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.pool = ThreadPoolExecutor(most)

    def race(self, acts: Sequence[tuple[str, Act]], waits: Sequence[float] = ()) -> list[Outcome]:
        """Run all acts at once, each after its wait; return what became of them."""
        barrier = Barrier(len(acts))
        each = [*waits, *(0.0 for _ in acts)]

        def run(place: int) -> Outcome:
            name, act = acts[place]
            barrier.wait(timeout=PATIENCE)
            Event().wait(each[place])  # so that trials of one kind differ
            return outcome(name, act)

        return list(self.pool.map(run, range(len(acts))))

    def close(self) -> None:
        """Close every connection, in the thread that opened it."""
        barrier = Barrier(self.most)

        def end(_place: int) -> None:
            barrier.wait(timeout=PATIENCE)
            connection.close()

        list(self.pool.map(end, range(self.most)))
        self.pool.shutdown()


def outcome(name: str, act: Act) -> Outcome:
    """Do it; whatever is no refusal is a crash, as it would be for whoever clicked."""
    try:
        return Outcome(name, result=act())
    except RefusedError as refusal:
        return Outcome(name, refusal=refusal)
    except Exception as error:  # noqa: BLE001  # a trial reports all that can happen
        connection.close()
        return Outcome(name, crash=f"{name}: {type(error).__name__}: {error}")


@contextmanager
def racers(most: int) -> Iterator[Racers]:
    """Keep that many threads until the block ends."""
    ours = Racers(most)
    try:
        yield ours
    finally:
        ours.close()
