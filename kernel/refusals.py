"""How the domain says no: reasons a person can act on, never a bare False."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Blocker:
    """One reason why an act must wait, with the way out in its message.

    `code` is stable for machines and tests, `message` is for people, `field` names the input
    the reason belongs to ("" when it belongs to the whole act).
    """

    code: str
    message: str
    field: str = ""


class RefusedError(Exception):
    """An expected no: nothing was written. Pages answer 422, and list the blockers."""

    def __init__(self, *blockers: Blocker) -> None:
        """Carry every reason; a refusal without one is a mistake in the program."""
        if not blockers:
            raise ValueError("A refusal names at least one reason.")
        super().__init__("; ".join(blocker.message for blocker in blockers))
        self.blockers = blockers

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the blockers, in order."""
        return tuple(blocker.code for blocker in self.blockers)


class StaleError(RefusedError):
    """What the person acted on has changed meanwhile. Pages answer 409."""


class ForbiddenError(RefusedError):
    """The person may see this, but not do it. Pages answer 403."""


class ThrottledError(RefusedError):
    """Too many attempts. Pages answer 429 and say when to try again."""


class NotVisibleError(Exception):
    """Not this person's to see, or not there at all: both answer 404."""
