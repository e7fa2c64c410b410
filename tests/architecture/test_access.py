"""Every URL and every role has an expected answer; a URL without a row fails.

The table is printed as docs/permissions.md: PRINT_PERMISSIONS=1 ./dev test -k permissions
"""

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from itertools import product
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, TestCase
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, get_resolver, resolve, reverse

import tests.architecture
from journal.clock import now
from people.choices import Holding
from people.models import OfficeTerm, User
from tests.architecture import gate_states
from tests.architecture.access import EVERY_ROLE, HELD, Row, World
from tests.cast import LONG_AGO, gather

FILES = [
    import_module(f"tests.architecture.{module.name}")
    for module in iter_modules(tests.architecture.__path__)
    if module.name.startswith("access_")
]
ROWS: list[Row] = [row for file in FILES for row in file.ROWS]
PRINTED = Path(settings.BASE_DIR) / "docs" / "permissions.md"
PAGE = "governance:gate-detail"
DENIED = {"sign", "403", "404", "405"}
# What a browser sends may depend on who asks; what no page of ours sends does not.
FORMS = ("GET", "POST")
METHODS = (*FORMS, "PUT", "PATCH", "DELETE")
WRITES = ("INSERT", "UPDATE", "DELETE")
MONTH = timedelta(days=30)


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


@dataclass(frozen=True)
class Asking:
    """One request: by whom, with which method, for what."""

    role: str
    method: str
    url: str
    data: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.url} as {self.role}"


class Writing:
    """Counts the statements that write."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Any, sql: str, *rest: Any) -> Any:
        self.count += sql.startswith(WRITES)
        return execute(sql, *rest)


def answer(world: World, asked: Asking, *, may_write: bool = False) -> tuple[str, Any]:
    """Return how it is answered; what is denied must not even have tried to write."""
    client, writing = Client(), Writing()
    client.cookies.load(world.cookies[asked.role])
    with rolled_back(), connection.execute_wrapper(writing):
        if asked.role in HELD:
            held_otherwise(world.person(asked.role), HELD[asked.role])
            writing.count = 0
        response = client.generic(asked.method, asked.url, **_body(asked.data))
    got = _read(response)
    if got in DENIED and not may_write:
        assert not writing.count, f"{asked} was denied, yet something was written"
    return got, response


def forms_of(page: str) -> Iterator[str]:
    """Yield where the forms of a page post to."""
    for tag in re.findall(r"<(?:form|button) [^>]*>", page):
        action = re.search(r'(?:form)?action="([^"]+)"', tag)
        if action and ('method="post"' in tag or "formaction" in tag):
            yield action[1].partition("?")[0]


def held_otherwise(person: User, capacity: Holding) -> None:
    """Let somebody hold the key acting, or beside one person with both titles."""
    today = now()
    OfficeTerm.objects.filter(user=person).update(
        capacity=capacity, starts_at=today - MONTH, ends_at=today + MONTH
    )


# allauth sends whoever is signed in on, whatever the method.
ENTRANCE = {"account_login", "mfa_authenticate"}
# Signing out answers with the sign-in page, and is an act.
LEAVING = {"people:sign-out", "people:session-end-all"}


def _body(data: dict) -> dict:
    return {"data": encode_multipart(BOUNDARY, data), "content_type": MULTIPART_CONTENT}


def _read(response) -> str:
    leads = response.status_code == 302 and response.url.split("?")[0] == settings.LOGIN_URL
    if leads or response.status_code == 401:  # a form is given back with the way in
        return "sign"
    return str(response.status_code)


@pytest.mark.untraced
class PermissionTable(TestCase):
    """One world for all rows; what a row changes is undone after each role."""

    @classmethod
    def setUpTestData(cls):
        cls.world, cls.answered = World(cast=gather(LONG_AGO)), {}
        for file in FILES:
            getattr(file, "prepare", lambda _: None)(cls.world)
        for role in EVERY_ROLE:
            client = Client()
            if person := cls.world.person(role):
                client.force_login(person)
            cls.world.cookies[role] = client.cookies.output(header="", sep=";")

    def test_each_role_gets_what_the_table_says(self):
        wrong = []
        for row in ROWS:
            url = reverse(row.name, kwargs=row.args(self.world))
            for role, expected in row.to_try().items():
                asked = Asking(role, row.method, url, row.data(self.world))
                got, _ = answer(self.world, asked, may_write=row.name in LEAVING)
                if got != expected:
                    wrong.append(f"{asked} ({row.name}): {expected}, got {got}")

        assert not wrong, "\n".join(wrong)

    def test_each_role_gets_at_each_state_of_a_gate_what_the_table_says(self):
        wrong = []
        for row, state in product(gate_states.ROWS, gate_states.STATES):
            url = reverse(row.name, kwargs=row.args(self.world, state))
            for role, expected in row.to_try(state).items():
                got, response = answer(self.world, Asking(role, row.method, url))
                if got != expected:
                    wrong.append(f"{row.method} {row.name}, {state}, {role}: {expected}, got {got}")
                if row.name == PAGE and got == "200":
                    wrong += self.offered_in_vain(role, state, response.content.decode())

        assert not wrong, "\n".join(wrong)

    def offered_in_vain(self, role, state, page):
        """Yield the buttons of a page that are answered with a denial."""
        for url in sorted(set(forms_of(page)) - set(map(reverse, LEAVING))):
            if (self.told(role, state, url) or self.tried(role, url)) in DENIED:
                yield f"{role} is offered {url} ({state}), and is denied"

    def tried(self, role, url):
        """Return how a button is answered, which may stand on the pages of several gates."""
        if (role, url) not in self.answered:
            self.answered[role, url], _ = answer(self.world, Asking(role, "POST", url))
        return self.answered[role, url]

    def told(self, role, state, url):
        """Return what the table says of a button, where it is about this one."""
        found = resolve(url)
        for row in gate_states.ROWS:
            is_it = (row.name, row.method) == (found.view_name, "POST")
            if is_it and reverse(row.name, kwargs=row.args(self.world, state)) == url:
                return row.expected(state)[role]
        return None

    def test_a_method_without_a_row_is_refused(self):
        """Tried by those who may do most: a row forgotten for a method that works shows here."""
        have = {(row.name, row.method) for row in ROWS}
        open_doors = []
        for row, method in product({row.name: row for row in ROWS}.values(), METHODS):
            if (row.name, method) in have or row.name in ENTRANCE:
                continue
            url = reverse(row.name, kwargs=row.args(self.world))
            for role in ("administrator", "CHRO") if method in FORMS else ("administrator",):
                asked = Asking(role, method, url)
                got, _ = answer(self.world, asked)
                if got not in DENIED:
                    open_doors.append(f"{asked} ({row.name}): got {got}")

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
    """Return both tables as a page of documentation."""
    routes = dict(patterns())
    head = [
        "# Who may open what",
        "",
        "Printed from `tests/architecture/access_*.py` and `gate_states.py`, which tests hold the",
        "product to. A number is the answer's status: 200 and 302 are yes, 422 is a form that may",
        "be sent and lacks something, 403 is “you may see this but not do it”, 404 is “not there",
        "for you”, 409 is “it is no longer so”. “sign” means that the sign-in page comes first.",
        "Whatever is denied has written nothing. “For the CIO” is who stands in for the holder.",
        "",
        *_heading(["address", "method", *EVERY_ROLE]),
    ]
    lines = [
        _line([f"`/{routes[row.name]}`", row.method, *row.expected().values()])
        for row in sorted(ROWS, key=lambda row: (routes.get(row.name, ""), row.method))
    ]
    return "\n".join([*head, *lines, "", *_printed_states(routes), ""])


def _printed_states(routes: dict[str, str]) -> list[str]:
    """Print what depends on the state of a gate; states with the same answers share a line."""
    lines = []
    for row in gate_states.ROWS:
        alike: dict[tuple[str, ...], list[str]] = {}
        for state in gate_states.STATES:
            alike.setdefault(tuple(row.expected(state).values()), []).append(state)
        for answers, states in alike.items():
            lines.append(_line([f"`/{routes[row.name]}`", row.method, ", ".join(states), *answers]))
    return [
        "## By the state of the gate",
        "",
        "Nobody's page of a gate shows a button that would be denied.",
        "",
        *_heading(["address", "method", "state", *gate_states.SIGNED_IN]),
        *lines,
    ]


def _heading(names: list[str]) -> list[str]:
    return [_line(names), "|" + "---|" * len(names)]


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
