"""Invite everybody of a list at once: all of them, or nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from journal.acts import act, change_authority
from kernel.refusals import Blocker
from kernel.sheets.reading import read_sheet
from kernel.sheets.shapes import Row, Sheet, SheetRefusedError
from people.choices import Office
from people.models import User
from people.operations.invitations import InvitationRefusedError, invite, why_not_invite

MOST = 500
EMAIL, OFFICE, TITLE = ("e-mail", "email", "mail", "work e-mail"), ("office",), ("title",)
OFFICES = {
    word.casefold(): office
    for office in Office
    for word in (office.value.replace("_", " "), office.value, office.label)
}


@dataclass(frozen=True)
class Listed:
    """One line of a list of people; `problem` is why it cannot be read."""

    line: int
    email: str
    office: str
    title: str
    problem: str = ""


def read_people(content: bytes) -> list[Listed]:
    """Read a list with the columns E-mail and, if wanted, Office and Title.

    :raises SheetRefusedError: when the file is no such list.
    """
    sheet = read_sheet(content)
    if _place(sheet, EMAIL) is None:
        raise SheetRefusedError("columns", "There is no column “E-mail”. Name it so.")
    if len(sheet.rows) > MOST:
        raise SheetRefusedError("long", f"The list has more than {MOST} lines. Split it.")
    return [_listed(sheet, row) for row in sheet.rows]


@act
def invite_all(*, actor: User, people: Sequence[Listed], at: datetime) -> None:
    """Invite everybody of the list, each as `invite` does.

    :raises InvitationRefusedError: naming the line of everything that stands in the way.
    """
    change_authority()
    if problems := [*_invited(actor, people, at)]:
        raise InvitationRefusedError(*problems)


def _invited(actor: User, people: Sequence[Listed], at: datetime) -> Iterator[Blocker]:
    """Invite one after the other, so that each is judged with those before it."""
    if not people:
        yield Blocker("empty", "There is nobody on the list.")
    for one in people:
        office = Office(one.office) if one.office else None
        email, title = one.email, one.title
        why = why_not_invite(actor=actor, email=email, office=office, title=title, at=at)
        for blocker in why:
            yield Blocker(blocker.code, f"Line {one.line}, {email}: {blocker.message}")
        if not why:
            invite(actor=actor, email=email, office=office, title=title, at=at)


def _listed(sheet: Sheet, row: Row) -> Listed:
    word = _cell(sheet, row, OFFICE)
    office = OFFICES.get(word.casefold(), "")
    problem = row.problem
    if not problem and word and not office:
        problem = f"There is no office “{word}”: use one of {', '.join(Office.values)}."
    email = _cell(sheet, row, EMAIL).lower()
    return Listed(row.line, email, str(office), _cell(sheet, row, TITLE), problem)


def _cell(sheet: Sheet, row: Row, names: Sequence[str]) -> str:
    place = _place(sheet, names)
    return row.cells[place].strip() if place is not None and place < len(row.cells) else ""


def _place(sheet: Sheet, names: Sequence[str]) -> int | None:
    header = [name.strip().casefold() for name in sheet.header]
    return next((header.index(name) for name in names if name in header), None)
