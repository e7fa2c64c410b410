"""SQL queries of each page, counted inside the process by Django's execute_wrapper.

The answer is JSON on standard output. The database is that of DATABASE_URL.
"""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.pages import Measured, pages
from people.models import User


def main(name: str = "") -> None:
    """Print how many queries each page makes, or with a name what they are."""
    noted = json.loads((settings.FOLDER / "world.json").read_text())
    found = pages(noted["rounds"], noted["numbers"])
    if name:
        chosen = next(page for page in found if page.name == name)
        print("\n".join(queries_of(chosen)))
    else:
        print(json.dumps({page.name: len(queries_of(page)) for page in found}))


def queries_of(page: Measured) -> list[str]:
    """Return the statements of one visit; the first visit warms session and process."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=f"{page.who}@example.com"))
    client.get(page.address)
    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        response = client.get(page.address)
    if response.status_code != 200:
        raise SystemExit(f"{page.address} answered {response.status_code}")
    return seen
