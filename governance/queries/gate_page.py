"""A gate as its page shows it: one round, what it froze, who signed, and what changed."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery

from governance.choices import VoidCause
from governance.models import Reading, Round, Signature
from governance.queries.calendars import calendars_of_keys
from governance.queries.delegations import warrant_for
from governance.queries.lanes import Lane, lane_of, rests_in
from governance.queries.marks import gate_word, halves, on_condition, said_of
from governance.queries.recusals import recusals_in, stepped_back
from governance.queries.signed_acts import SignedView, as_row, signed_views
from initiatives.models import Initiative
from initiatives.queries.visibility import readable_by
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.rules import Authority
from playbook.editions import edition
from playbook.playbooks import Playbook
from playbook.shapes import Gate


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was asked for when a round was sent back."""

    by: str
    side: Side
    at: datetime
    items: tuple[tuple[str, str], ...]


class GateRounds:
    """Every round of one gate, with the acts on them: what each state of the page begins with."""

    def __init__(self, round_id: int, authority: Authority) -> None:
        self.authority = authority
        self.rounds = _rounds(round_id, authority)
        found = next((one for one in self.rounds if one.pk == round_id), None)
        if found is None:
            raise NotVisibleError
        self.round = found
        self.warrant = warrant_for(authority, found)
        self.recusals = [stepped_back(row) for row in vars(found)["recused"]]
        self.has_recused = str(authority.person_key) in {one.person_key for one in self.recusals}
        # The side that the reader may act for here: in office, or in its place.
        self.side: Side | None = (
            self.warrant.side if self.warrant and not authority.key_side else authority.key_side
        )
        if self.has_recused:
            self.side = None
        self.first_read: dict[int, datetime | None] = {
            one.pk: vars(one)["read_at"] for one in self.rounds
        }
        self.initiative: Initiative = found.initiative
        self.playbook: Playbook = edition(found.edition)
        self.gate: Gate = self.playbook.gate(found.gate)
        acts = signed_views(Signature.objects.filter(round__in=self.rounds))
        self.acts = [one for one in acts if one.round_id == round_id]
        self.earlier_acts = [one for one in acts if one.round_id != round_id]

    @property
    def gate_word(self) -> str:
        return gate_word(self.round.gate)

    @cached_property
    def lane(self) -> Lane | None:
        """How fast it is to be answered, by whoever holds the keys since it was sent."""
        sent = self.round.submitted_at
        rests = vars(self.round)["rests"]
        return lane_of(self.round, calendars_of_keys(sent) if sent else {}, rests)

    @property
    def next_round(self) -> Round | None:
        return next((one for one in self.rounds if one.n == self.round.n + 1), None)

    @property
    def previous_round(self) -> Round | None:
        return next((one for one in self.rounds if one.n == self.round.n - 1), None)

    @property
    def outlived(self) -> list[SignedView]:
        """The signatures of the round before that no longer count, and of this one."""
        before = self.previous_round.pk if self.previous_round else 0
        rows = [
            one
            for one in self.earlier_acts
            if one.round_id == before and one.void_cause != VoidCause.WITHDRAWN
        ]
        return [one for one in [*rows, *self.acts] if one.void_cause and not one.is_decline]

    @property
    def halves(self) -> dict[Side, str]:
        """How to draw each half of the mark."""
        earlier = [one for one in self.outlived if one.round_id != self.round.pk]
        return halves(self.round.state, [*map(as_row, self.acts)], [*map(as_row, earlier)])

    @property
    def label(self) -> str:
        return said_of(self.halves[Side.TECHNOLOGY], self.halves[Side.PEOPLE])

    @property
    def last_digest(self) -> str:
        """What the mark is drawn from: this round's text, else that of the one before."""
        rounds = (self.round, self.previous_round)
        frozen = (one.snapshot.digest for one in rounds if one and hasattr(one, "snapshot"))
        return next(frozen, "")

    @cached_property
    def asked(self) -> Asked | None:
        """The change request that ended this round, or the one before while this is open."""
        ended = self.round if hasattr(self.round, "change_request") else self.previous_round
        request = getattr(ended, "change_request", None) if ended else None
        if request is None:
            return None
        texts = json.loads(request.sealed.text or "{}")
        criteria = {one.key: one.text for one in self.playbook.criteria_of(self.round.gate)}
        return Asked(
            by=request.asked_by.name,
            side=Side(request.side),
            at=request.asked_at,
            items=tuple(
                (criteria.get(key, key), texts.get(key, "The words were erased"))
                for key in request.criteria
            ),
        )


def _rounds(round_id: int, authority: Authority) -> list[Round]:
    """Return every round of the gate that `round_id` is one of, in order. One query."""
    read_at = Reading.objects.filter(snapshot__round=OuterRef("pk"), reader=authority.user_id)
    rows = Round.objects.filter(
        initiative__rounds=round_id, gate=F("initiative__rounds__gate")
    ).annotate(
        read_at=Subquery(read_at.values("first_read_at")[:1]),
        is_conditional=on_condition(),
        rests=ArraySubquery(rests_in(OuterRef("initiative"))),
        recused=ArraySubquery(recusals_in(OuterRef("pk"))),
    )
    if not authority.reads_everything:
        rows = rows.filter(initiative__in=readable_by(authority))
    return list(
        rows.select_related(
            "initiative__unit",
            "snapshot",
            "passage__supersession__rollback",
            "submitted_by",
            "opened_by",
            "resolution",
            "change_request__sealed",
            "change_request__asked_by",
        )
        .defer("passage__body")
        .order_by("n")
    )
