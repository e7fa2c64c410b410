"""One after the other: an error at one keeps no other waiting."""

from collections.abc import Callable, Iterable


def each_in_turn(act: Callable[[int], bool], numbers: Iterable[int]) -> int:
    """Do an act for every number, and return how many it was due for.

    :raises ExceptionGroup: after all of them, with the error of each that failed.
    """
    problems: list[Exception] = []
    done = 0
    for number in numbers:
        try:
            done += act(number)
        except Exception as problem:  # noqa: BLE001  # whatever it is, the others have their turn
            problems.append(problem)
    if problems:
        raise ExceptionGroup("Some failed; all others had their turn.", problems)
    return done
