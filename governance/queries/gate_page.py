"""A gate as its page shows it: one round, what it froze, who signed, and what changed."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery

from governance.choices import RoundState
from governance.models import Reading, Round, Signature
from governance.queries.differences import TextChange, changes_between, changes_of_offer
from governance.queries.frozen import FrozenText
from governance.queries.offers import (
    CommitmentView,
    Offer,
    commitments_in_terms,
    offer_of,
    open_commitments,
    people_in_terms,
    terms_of,
)
from governance.queries.signed_acts import SignedView, signed_views
from governance.queries.texts import Vault, commitments_in, people_in
from governance.queries.unsealing import Reader
from initiatives.models import Initiative, Membership
from initiatives.queries.visibility import readable_by
from kernel.refusals import NotVisibleError
from people.choices import Side
from people.models import OfficeTerm, User
from people.queries import Authority
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


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Somebody who can be named as the owner of a condition."""

    id: int
    key: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What the reader knew before: the text of an earlier round, and since when."""

    round_n: int
    at: datetime | None
    is_own: bool


class GateRounds:
    """Every round of one gate, with the acts on them: what each state of the page begins with."""

    def __init__(self, round_id: int, authority: Authority) -> None:
        self.authority = authority
        self.rounds = _rounds(round_id, authority)
        found = next((one for one in self.rounds if one.pk == round_id), None)
        if found is None:
            raise NotVisibleError
        self.round = found
        self.initiative: Initiative = found.initiative
        self.playbook: Playbook = edition(found.edition)
        self.gate: Gate = self.playbook.gate(found.gate)
        acts = signed_views(Signature.objects.filter(round__in=self.rounds))
        self.acts = [one for one in acts if one.round_id == round_id]
        self.earlier_acts = [one for one in acts if one.round_id != round_id]

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
        rows = [one for one in self.earlier_acts if one.round_id == before]
        return [one for one in [*rows, *self.acts] if one.void_cause and not one.is_decline]

    @cached_property
    def asked(self) -> Asked | None:
        """The change request that ended this round, or the one before while this is a draft."""
        is_draft = self.round.state == RoundState.DRAFT
        ended = self.previous_round if is_draft else self.round
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


class ReviewPage(GateRounds):
    """A round whose content is frozen. Rendered from the bytes; six queries beyond the rounds."""

    def __init__(self, found: GateRounds) -> None:
        self.__dict__.update(found.__dict__)
        self._terms = terms_of(self.round.pk)
        based = self._based_on()
        bodies = [json.loads(bytes(one.snapshot.body)) for one in (self.round, based) if one]
        self.vault = Vault(
            {
                *(name for body in bodies for name in commitments_in(body)),
                *commitments_in_terms(self._terms),
            }
        )
        keys = {key for body in bodies for key in people_in(body)}
        self._people = people_named({*keys, *people_in_terms(self._terms)}, self.initiative)
        self.lead_keys = frozenset(bodies[0]["content"]["leads"].values())
        self.text = self._read(self.round)
        self.before = self._read(based) if based else None
        self.basis = self._basis(based)
        self.commitments: list[CommitmentView] = open_commitments(self.initiative)

    @cached_property
    def names(self) -> dict[str, str]:
        return {str(one.person_key): one.name for one in self._people}

    @cached_property
    def owners(self) -> tuple[Owner, ...]:
        """Whom a condition may name: who works on the initiative, and the office holders."""
        return tuple(
            Owner(id=one.pk, key=one.person_key, name=one.name)
            for one in self._people
            if one.is_near  # type: ignore[attr-defined]  # annotated by people_named()
        )

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        return tuple(
            offer_of(row, gate=self.gate, vault=self.vault, names=self.names) for row in self._terms
        )

    @property
    def offer(self) -> Offer:
        """The terms in force."""
        return self.offers[-1]

    @cached_property
    def changes(self) -> tuple[TextChange, ...]:
        """What reads differently from what the reader knew before."""
        text = changes_between(self.before, self.text) if self.before else ()
        known = self._known_offer
        if known is None or known.digest == self.offer.digest:
            return text
        words = (known.verdict_words, self.offer.verdict_words)
        return (*text, *changes_of_offer(known.conditions, self.offer.conditions, words))

    @property
    def knew_at(self) -> datetime | None:
        """When the reader last read or signed what the changes are measured from."""
        own = [one.signed_at for one in self._own_acts]
        if self._known_offer and self._known_offer.digest != self.offer.digest:
            return max([*own, *filter(None, [self.round.read_at])], default=None)
        return self.basis.at if self.basis else None

    @property
    def _own_acts(self) -> list[SignedView]:
        return [one for one in self.acts if one.signer_id == self.authority.user_id]

    @property
    def _known_offer(self) -> Offer | None:
        """The terms the reader signed or read before those in force were offered."""
        signed = [one.terms_digest for one in self._own_acts]
        known = [one for one in self.offers if one.digest in signed[-1:]]
        if not known and self.round.read_at:
            known = [one for one in self.offers if one.offered_at <= self.round.read_at]
        if not known and len(self.offers) > 1 and self.authority.key_side is None:
            known = [*self.offers[:-1]]
        return known[-1] if known else None

    def _based_on(self) -> Round | None:
        """Return the latest earlier round whose text the reader knew; others get the one before."""
        frozen = [one for one in self.rounds if one.n < self.round.n and _is_frozen(one)]
        if self.authority.key_side is None:
            return frozen[-1] if frozen else None
        signed = {
            one.round_id for one in self.earlier_acts if one.signer_id == self.authority.user_id
        }
        known = [one for one in frozen if one.read_at or one.pk in signed]
        return known[-1] if known else None

    def _basis(self, based: Round | None) -> Basis | None:
        if based is None:
            return None
        is_own = self.authority.key_side is not None
        own = [
            one.signed_at
            for one in self.earlier_acts
            if one.round_id == based.pk and one.signer_id == self.authority.user_id
        ]
        at = max([*own, *filter(None, [based.read_at])], default=None)
        return Basis(round_n=based.n, at=at if is_own else None, is_own=is_own)

    def _read(self, round_: Round) -> FrozenText:
        reader = Reader(playbook=edition(round_.edition), vault=self.vault, names=self.names)
        return reader.read(bytes(round_.snapshot.body), round_.snapshot.digest)


def _rounds(round_id: int, authority: Authority) -> list[Round]:
    """Return every round of the gate that `round_id` is one of, in order. One query."""
    read_at = Reading.objects.filter(snapshot__round=OuterRef("pk"), reader=authority.user_id)
    rows = Round.objects.filter(
        initiative__rounds=round_id, gate=F("initiative__rounds__gate")
    ).annotate(read_at=Subquery(read_at.values("first_read_at")[:1]))
    if not authority.reads_everything:
        rows = rows.filter(initiative__in=readable_by(authority))
    return list(
        rows.select_related(
            "initiative__unit",
            "snapshot",
            "passage",
            "submitted_by",
            "opened_by",
            "change_request__sealed",
            "change_request__asked_by",
        )
        .defer("passage__body")
        .order_by("n")
    )


def _is_frozen(round_: Round) -> bool:
    return hasattr(round_, "snapshot")


def people_named(keys: set[str], initiative: Initiative) -> list[User]:
    """Return the people named in the text, and those near the initiative. One query."""
    works = Membership.objects.current().filter(initiative=initiative, user=OuterRef("pk"))
    holds = OfficeTerm.objects.filter(user=OuterRef("pk"), ends_at=None)
    return list(
        User.objects.annotate(is_near=Q(Exists(works) | Exists(holds), is_active=True))
        .filter(Q(person_key__in=keys) | Q(is_near=True))
        .order_by("name", "pk")
    )
