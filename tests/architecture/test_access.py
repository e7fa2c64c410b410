"""Every URL and every role has an expected answer; a URL without a row fails.

The table is printed as docs/permissions.md: PRINT_PERMISSIONS=1 ./dev test -k permissions
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from django.conf import settings
from django.db import transaction
from django.test import Client, TestCase
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, get_resolver, reverse

import tests.architecture
from journal.models import Entry
from tests.architecture.access import ROLES, Row, World
from tests.cast import gather

FILES = [
    import_module(f"tests.architecture.{module.name}")
    for module in iter_modules(tests.architecture.__path__)
    if module.name.startswith("access_")
]
ROWS: list[Row] = [row for file in FILES for row in file.ROWS]
PRINTED = Path(settings.BASE_DIR) / "docs" / "permissions.md"
DENIED = {"sign", "403", "404", "405"}
FOUNDED = datetime(2026, 1, 5, 9, tzinfo=UTC)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo everything afterwards. Acts may commit inside: it is no transaction to them."""
    block = transaction.atomic()
    block._from_testcase = True  # noqa: SLF001  # what Django's own TestCase does
    with block:
        yield
        transaction.set_rollback(True)


def patterns(entries=None, space="") -> Iterator[tuple[str, str]]:
    """Yield (name, route) of every URL of the product."""
    for entry in get_resolver().url_patterns if entries is None else entries:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", str(entry.pattern)
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from patterns(entry.url_patterns, inner)


def answer(world: World, row: Row, role: str) -> str:
    client = Client()
    client.cookies.load(world.cookies[role])
    before = Entry.objects.count()
    response = client.generic(
        row.method,
        reverse(row.name, kwargs=row.args(world)),
        **_body(row.data(world)),
    )
    got = _read(response)
    if got in DENIED and row.name not in LEAVING:
        assert Entry.objects.count() == before, f"{role} was denied, yet something was written"
    return got


# allauth sends whoever is signed in on, whatever the method.
ENTRANCE = {"account_login", "mfa_authenticate"}
# Signing out answers with the sign-in page, and is an act.
LEAVING = {"people:sign-out", "people:session-end-all"}


def _body(data: dict) -> dict:
    return {"data": encode_multipart(BOUNDARY, data), "content_type": MULTIPART_CONTENT}


def _read(response) -> str:
    if response.status_code == 302 and response.url.split("?")[0] == settings.LOGIN_URL:
        return "sign"
    return str(response.status_code)


class PermissionTable(TestCase):
    """One world for all rows; what a row changes is undone after each role."""

    @classmethod
    def setUpTestData(cls):
        cls.world = World(cast=gather(FOUNDED))
        for file in FILES:
            getattr(file, "prepare", lambda _: None)(cls.world)
        for role in ROLES:
            client = Client()
            if person := cls.world.person(role):
                client.force_login(person)
            cls.world.cookies[role] = client.cookies.output(header="", sep=";")

    def test_each_role_gets_what_the_table_says(self):
        wrong = []
        for row in ROWS:
            for role, expected in row.expected().items():
                with rolled_back():
                    got = answer(self.world, row, role)
                if got != expected:
                    wrong.append(f"{row.method} {row.name} as {role}: {expected}, got {got}")

        assert not wrong, "\n".join(wrong)

    def test_a_method_without_a_row_is_refused(self):
        """Tried by those who may do most: a row forgotten for a method that works shows here."""
        have = {(row.name, row.method) for row in ROWS}
        open_doors = []
        for name, row in {row.name: row for row in ROWS}.items():
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                if (name, method) in have:
                    continue
                for role in ("administrator", "CHRO"):
                    with rolled_back():
                        got = answer(self.world, Row(name, method, "", args=row.args), role)
                    if got not in DENIED and name not in ENTRANCE:
                        open_doors.append(f"{method} {name} as {role}: got {got}")

        assert not open_doors, "\n".join(open_doors)


def test_every_url_has_a_row():
    missing = {name for name, _ in patterns()} - {row.name for row in ROWS}

    assert not missing, f"add a row to tests/architecture/access_<app>.py for {sorted(missing)}"


def test_no_row_is_left_of_a_url_that_is_gone():
    assert not {row.name for row in ROWS} - {name for name, _ in patterns()}


def test_a_row_is_written_once():
    keys = [(row.name, row.method) for row in ROWS]

    assert len(keys) == len(set(keys))


def test_the_printed_permissions_are_those_of_the_table():
    text = printed()
    if os.environ.get("PRINT_PERMISSIONS"):
        PRINTED.write_text(text, encoding="utf-8")

    assert PRINTED.read_text(encoding="utf-8") == text, (
        "PRINT_PERMISSIONS=1 ./dev test -k permissions"
    )


def printed() -> str:
    """Return the table as a page of documentation."""
    routes = dict(patterns())
    head = [
        "# Who may open what",
        "",
        "Printed from `tests/architecture/access_*.py`, which the tests hold the product to.",
        "A number is the answer's status: 200 and 302 are yes, 422 is a form that may be sent and",
        "lacks something, 403 is “you may see this but not do it”, 404 is “not there for you”.",
        "“sign” means that the sign-in page comes first.",
        "",
        "| address | method | " + " | ".join(ROLES) + " |",
        "|" + "---|" * (len(ROLES) + 2),
    ]
    lines = [
        f"| `/{routes[row.name]}` | {row.method} | " + " | ".join(row.answers.split()) + " |"
        for row in sorted(ROWS, key=lambda row: (routes.get(row.name, ""), row.method))
    ]
    return "\n".join([*head, *lines, ""])
