"""The co-sign operation beside RAW: the same transactions in plain psycopg2.

Three databases are in the same state. In the first the operation signs while its statements are
written down; in the second the operation is timed; in the third those very statements are. RAW
asks each question once, however often the operation asked it. The answer is JSON.
"""

import dataclasses
import json
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any

import psycopg2
from django.db import connection

from bench.owner import say
from bench.servers import on
from governance.choices import SigningAct
from governance.models import Intent
from governance.operations.ceremony import Presence, Wish, begin_signing, prove
from governance.operations.signatures import sign_gate
from governance.queries.rounds import get_round
from governance.queries.standing import signing_facts
from journal.clock import now
from people.models import User
from tests.cast import PASSWORD

SESSION = "b" * 64
LOCKS = b"FOR UPDATE"
Signing = tuple[Presence, User]
Halves = list[tuple[list[float], Callable[[], object]]]


def main(rounds: str) -> None:
    """Print the milliseconds of each signature."""
    print(json.dumps(measure(json.loads(rounds))))


def measure(rounds: list[int]) -> dict[str, Any]:
    """Sign all gates three times over: written down, by the operation, raw."""
    name = connection.settings_dict["NAME"]
    people = [User.objects.get(email=f"{who}@example.com") for who in ("ivo", "hana")]
    signings = [(presence(person, pk), person) for pk in rounds for person in people]
    connection.close()
    copies = [f"{name}_written", f"{name}_raw"]
    for copy in copies:
        say(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"', os.environ["DATABASE_OWNER_URL"])
    switch(copies[0])
    written = [write_down(*signing) for signing in signings]
    switch(name)
    return compare(signings, written, on(os.environ["DATABASE_URL"], copies[1]))


def presence(person: User, round_id: int) -> Presence:
    """Go through the ceremony up to the proof."""
    at = now()
    facts = signing_facts(get_round(round_id), at)
    intent = begin_signing(
        round_id=round_id,
        wish=Wish(act=SigningAct.APPROVE),
        seen={"snapshot": facts.now.snapshot, "terms": facts.now.terms},
        session_ref=SESSION,
        actor=person,
        at=at,
    )
    return prove(
        nonce=intent.nonce,
        session_ref=SESSION,
        password=PASSWORD,
        code="",
        actor=person,
        at=now(),
    )


def write_down(proved: Presence, person: User) -> list[bytes]:
    """Sign, and return every statement as it went to the database."""
    fresh = dataclasses.replace(proved, intent=Intent.objects.get(pk=proved.intent.pk))
    said: list[bytes] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        said.append(connection.connection.cursor().mogrify(sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        sign_gate(presence=fresh, actor=person, at=now())
    return said


def once(said: list[bytes]) -> list[bytes]:
    """Leave out every question that was asked before."""
    kept: list[bytes] = []
    for one in said:
        if not (one.startswith(b"SELECT") and LOCKS not in one and one in kept):
            kept.append(one)
    return kept


def compare(signings: list[Signing], written: list[list[bytes]], raw: str) -> dict[str, Any]:
    """Time each signature by the operation and raw, in turns; both sides of a gate apart."""
    operation: list[float] = []
    plain: list[float] = []
    with ExitStack() as stack:
        other = psycopg2.connect(raw)
        stack.callback(other.close)
        for number, ((proved, person), said) in enumerate(zip(signings, written, strict=True)):
            halves: Halves = [
                (operation, partial(sign_gate, presence=proved, actor=person, at=now())),
                (plain, partial(replay, other, once(said))),
            ]
            for times, do in halves if number % 2 else reversed(halves):
                times.append(milliseconds(do))
    return {
        "operation": operation,
        "raw": plain,
        "asked": [len(said) for said in written[-2:]],
        "needed": [len(once(said)) for said in written[-2:]],
    }


def milliseconds(do: Callable[[], object]) -> float:
    """Time one call."""
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def replay(other: Any, said: list[bytes]) -> None:
    """Run the statements as one transaction, and read what each of them gives."""
    with other, other.cursor() as cursor:
        for one in said:
            cursor.execute(one)
            if cursor.description:
                cursor.fetchall()


def switch(name: str) -> None:
    """Go on in another database."""
    connection.close()
    connection.settings_dict["NAME"] = name
