"""What has changed since somebody read a gate: for the page that says why nothing was signed."""

import json
from dataclasses import dataclass
from datetime import datetime

from governance.models import Round
from governance.queries.differences import TextChange, changes_between, changes_of_offer
from governance.queries.gate_page import GateRounds
from governance.queries.offers import (
    commitments_in_terms,
    offer_of,
    people_in_terms,
    terms_of,
)
from governance.queries.review_page import people_named
from governance.queries.snapshots import snapshot_body
from governance.queries.texts import Vault, commitments_in, people_in
from governance.queries.unsealing import Reader
from kernel.canonical import digest
from people.rules import Authority
from playbook.editions import edition


@dataclass(frozen=True, kw_only=True)
class Stale:
    """A round that somebody acted on too late, the one that counts now, and the differences."""

    round: Round
    newest: Round
    gate_word: str
    changes: tuple[TextChange, ...]


def what_changed(round_id: int, authority: Authority, at: datetime, terms_seen: str = "") -> Stale:
    """Return what reads differently now from what was frozen for the round acted on.

    :raises NotVisibleError: when the round is not this person's to read.
    """
    found = GateRounds(round_id, authority)
    newest = found.rounds[-1]
    return Stale(
        round=found.round,
        newest=newest,
        gate_word=found.gate_word,
        changes=_changes(found, newest, at, terms_seen),
    )


def _changes(
    found: GateRounds, newest: Round, at: datetime, terms_seen: str
) -> tuple[TextChange, ...]:
    if not hasattr(found.round, "snapshot"):
        return ()
    bodies = [bytes(found.round.snapshot.body), snapshot_body(newest, at)]
    terms = terms_of(found.round.pk)
    said = [json.loads(body) for body in bodies]
    vault = Vault(
        {*(name for body in said for name in commitments_in(body)), *commitments_in_terms(terms)}
    )
    keys = {key for body in said for key in people_in(body)} | {*people_in_terms(terms)}
    names = {str(one.person_key): one.name for one in people_named(keys, found.initiative)}
    old, new = (
        Reader(playbook=edition(one.edition), vault=vault, names=names).read(body, digest(body))
        for one, body in zip((found.round, newest), bodies, strict=True)
    )
    offers = [offer_of(row, gate=found.gate, vault=vault, names=names) for row in terms]
    known = next((one for one in offers if one.digest == terms_seen), None)
    if known is None or known == offers[-1] or newest != found.round:
        return changes_between(old, new)
    words = (known.verdict_words, offers[-1].verdict_words)
    return changes_of_offer(known.conditions, offers[-1].conditions, words)
