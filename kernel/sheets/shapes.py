"""What a table is once it has been read, how large it may be, and how reading is refused."""

from dataclasses import dataclass
from string import ascii_uppercase

from kernel.refusals import Blocker, RefusedError

MOST_BYTES = 25 * 1024 * 1024
MOST_COLUMNS = 100
MOST_ROWS = 20_000
LONGEST_NAME = 200


class SheetRefusedError(RefusedError):
    """The file is no table that can be taken over; the message names line, column and way out."""

    def __init__(self, code: str, message: str) -> None:
        """Refuse the file as a whole, for one reason."""
        super().__init__(Blocker(code, message, "file"))


@dataclass(frozen=True)
class Row:
    """One line of data: where it stands in the file, and a cell for each column.

    `problem` is why its cells cannot be trusted; the table as a whole can.
    """

    line: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table: the names of its columns, its rows, and how it was read, in words."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    read_as: str

    def column(self, name: str) -> int:
        """Return the place of a column.

        :raises ValueError: when there is none of that name.
        """
        return self.header.index(name)


def letter(place: int) -> str:
    """Return the name that spreadsheets give to the column at `place`: 0 is A, 26 is AA."""
    place, last = divmod(place, len(ascii_uppercase))
    return (letter(place - 1) if place else "") + ascii_uppercase[last]
