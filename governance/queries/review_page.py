"""A round whose content is frozen, rendered from its bytes, with what changed for the reader."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from governance.models import Round
from governance.queries.differences import TextChange, changes_between, changes_of_offer
from governance.queries.frozen import FrozenText
from governance.queries.gate_page import GateRounds
from governance.queries.offers import (
    CommitmentView,
    Offer,
    commitments_in_terms,
    offer_of,
    open_commitments,
    people_in_terms,
    terms_of,
)
from governance.queries.paper import PaperStage, paper_of
from governance.queries.signed_acts import SignedView, standing
from governance.queries.texts import Vault, commitments_in, people_in
from governance.queries.unsealing import Reader
from governance.rules.endings import ends_here
from initiatives.models import Initiative, Membership
from people.models import OfficeTerm, User
from playbook.editions import edition


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


class ReviewPage(GateRounds):
    """A round whose content is frozen. Rendered from the bytes; six queries beyond the rounds."""

    def __init__(self, found: GateRounds, at: datetime) -> None:
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
        self.ends = ends_here(self.gate, bodies[0]["content"])
        self.lead_keys = frozenset(bodies[0]["content"]["leads"].values())
        self.text = self._read(self.round)
        self.before = self._read(based) if based else None
        self.basis = self._basis(based)
        self.commitments: list[CommitmentView] = open_commitments(self.initiative, at)

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

    @cached_property
    def paper(self) -> tuple[PaperStage, ...]:
        return paper_of(self.text, self.before, playbook=self.playbook, stage=self.gate.stage)

    @property
    def stands(self) -> dict[str, SignedView]:
        """What stands for each side, by the word for the side."""
        return {str(side): one for side, one in standing(self.acts).items()}

    @property
    def knew_at(self) -> datetime | None:
        """When the reader last read or signed what the changes are measured from."""
        own = [one.signed_at for one in self._own_acts]
        if self._known_offer and self._known_offer.digest != self.offer.digest:
            return max([*own, *filter(None, [self.first_read[self.round.pk]])], default=None)
        return self.basis.at if self.basis else None

    @property
    def _own_acts(self) -> list[SignedView]:
        return [one for one in self.acts if one.signer_id == self.authority.user_id]

    @property
    def _known_offer(self) -> Offer | None:
        """The terms the reader signed or read before those in force were offered."""
        signed = [one.terms_digest for one in self._own_acts]
        known = [one for one in self.offers if one.digest in signed[-1:]]
        read_at = self.first_read[self.round.pk]
        if not known and read_at:
            known = [one for one in self.offers if one.offered_at <= read_at]
        if not known and len(self.offers) > 1 and self.side is None:
            known = [*self.offers[:-1]]
        return known[-1] if known else None

    def _based_on(self) -> Round | None:
        """Return the latest earlier round whose text the reader knew; others get the one before."""
        frozen = [one for one in self.rounds if one.n < self.round.n and _is_frozen(one)]
        if self.side is None:
            return frozen[-1] if frozen else None
        signed = {
            one.round_id for one in self.earlier_acts if one.signer_id == self.authority.user_id
        }
        known = [one for one in frozen if self.first_read[one.pk] or one.pk in signed]
        return known[-1] if known else None

    def _basis(self, based: Round | None) -> Basis | None:
        if based is None:
            return None
        is_own = self.side is not None
        own = [
            one.signed_at
            for one in self.earlier_acts
            if one.round_id == based.pk and one.signer_id == self.authority.user_id
        ]
        at = max([*own, *filter(None, [self.first_read[based.pk]])], default=None)
        return Basis(round_n=based.n, at=at if is_own else None, is_own=is_own)

    def _read(self, round_: Round) -> FrozenText:
        reader = Reader(playbook=edition(round_.edition), vault=self.vault, names=self.names)
        return reader.read(bytes(round_.snapshot.body), round_.snapshot.digest)


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
