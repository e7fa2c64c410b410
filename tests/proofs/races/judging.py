"""Whether what came of a trial could have come of its acts one after the other (I1 to I21)."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from governance.models import Commitment, Passage, Round, Signature, Snapshot
from governance.queries.snapshots import snapshot_body
from initiatives.models import ArtefactVersion
from journal import guards
from journal.models import Entry, Head
from journal.verification import verify
from kernel.canonical import digest
from tests.proofs.races.histories import REVIEW, Stand, history, stand_now
from tests.proofs.races.racing import Outcome

DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


@dataclass(frozen=True)
class Judge:
    """How everything stood before the acts, to which what stands afterwards is held."""

    stand: Stand
    seq: int
    rows: Counter[str]
    passages: frozenset[int]
    snapshot: int  # the newest
    at: datetime

    def faults(self, outcomes: Sequence[Outcome], *, whole: bool = True) -> list[str]:
        """Return everything that breaks a promise; `whole` has the whole record checked as well."""
        found = [
            *(one.crash for one in outcomes if one.crash),
            *self._lost(outcomes),
            *history(self.stand).read(self.seq),
            *self._of_passages(),
            *self._of_freezing(),
        ]
        if whole:
            found += [*self._unnamed(), *(one.what for one in verify(since=self.seq + 1))]
        return found

    def _lost(self, outcomes: Sequence[Outcome]) -> list[str]:
        """Say which acknowledged signature is not there."""
        made = [one.result.pk for one in outcomes if isinstance(one.result, Signature)]
        there = set(Signature.objects.filter(pk__in=made).values_list("pk", flat=True))
        return [f"signature {pk} was acknowledged and is lost" for pk in made if pk not in there]

    def _unnamed(self) -> list[str]:
        """Say of which insert-only table there are more rows than entries that name them."""
        named: Counter[str] = Counter()
        for body in Entry.objects.filter(seq__gt=self.seq).values_list("body", flat=True):
            named.update(row[0].replace(".", "_") for row in json.loads(bytes(body))["rows"])
        now = insert_only_rows()
        told = self.rows + named
        return [
            f"I21 {table} has {now[table]} rows, {told[table]} are named"
            for table in now
            if now[table] != told[table]
        ]

    def _of_freezing(self) -> list[str]:
        """Say which round was sent with another text than stands there, and was left so."""
        rows = Round.objects.filter(state__in=REVIEW, snapshot__pk__gt=self.snapshot)
        return [
            f"I4 round {row.pk} was sent with another text than stands there"
            for row in rows.select_related("initiative", "snapshot")
            if digest(snapshot_body(row, self.at)) != row.snapshot.digest
        ]

    def _of_passages(self) -> list[str]:
        found = []
        rows = Passage.objects.exclude(pk__in=self.passages).select_related("round__snapshot")
        for row in rows:
            signed = Signature.objects.filter(round=row.round_id, void=None)
            signers = {one.person_key for one in signed if one.act != "decline"}
            written = ArtefactVersion.objects.filter(initiative=row.round.initiative_id)
            if any(signers == {one} for one in written.values_list("author_key", flat=True)):
                found.append(f"I6 whoever wrote it passed {row}")
            terms = json.loads(bytes(row.round.terms.latest("n").body))
            owed = len(terms["conditions"]) + (row.resolution == "sponsor")  # the retrospective
            if Commitment.objects.filter(passage=row).count() != owed:
                found.append(f"I17 {row} has not one commitment for each condition")
        return found


def insert_only_rows() -> Counter[str]:
    """Count the rows of every table whose rows an entry names."""
    tables = [one for one in guards.insert_only_tables() if one != guards.ENTRY_TABLE]
    each = [f"SELECT '{table}', count(*) FROM {table}" for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return Counter({table: many for table, many in cursor.fetchall() if many})


def judge_at(moment) -> Judge:
    """Keep how everything stands now."""
    assert [*verify()] == []
    return Judge(
        stand=stand_now(moment),
        seq=Head.objects.get().seq,
        rows=insert_only_rows(),
        passages=frozenset(Passage.objects.values_list("pk", flat=True)),
        snapshot=Snapshot.objects.latest("pk").pk,
        at=moment,
    )


def deadlocks() -> int:
    """Return how often PostgreSQL has had to break a deadlock in this database."""
    with connection.cursor() as cursor:
        cursor.execute(DEADLOCKS)
        return int(cursor.fetchone()[0])
