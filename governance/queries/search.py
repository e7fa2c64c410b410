"""Search: initiatives, contributions, gates and people, each as far as one may see it.

One query a group, however many there are.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from governance.choices import RoundState
from governance.models import (
    ChangeRequest,
    Commitment,
    Disagreement,
    Position,
    Round,
    Settlement,
    Signature,
)
from governance.queries.marks import gate_word
from initiatives.queries.hits import About, ArtefactHit, InitiativeHit, PersonHit
from initiatives.queries.search import (
    Wanted,
    artefacts_found,
    initiatives_found,
    people_found,
    reader_like,
    said_whole,
    texts_in,
)
from initiatives.queries.visibility import readable_by
from initiatives.rules.search import Piece, excerpt, gate_asked, pieces
from journal.models import Sealed
from kernel.fulltext import query_of, words_in_json
from kernel.prepared import GATE, NUMBER, ROWS, TEXT, Prepared, rows_named
from people.rules import Authority

FEW, MANY = 6, 50
GROUPS = {
    "initiatives": "Initiatives",
    "gates": "Gates and decisions",
    "contributions": "Contributions",
    "people": "People",
}


@dataclass(frozen=True)
class Most:
    """How many to show: of initiatives, which are what one mostly looks for, and of the rest."""

    initiatives: int
    others: int

    @classmethod
    def of(cls, number: int) -> Self:
        return cls(number, number)

    def hits(self, key: str) -> int:
        return self.initiatives if key == "initiatives" else self.others


SUGGESTED = Most(initiatives=6, others=3)
# While somebody types: what is found by its name, at once.
SUGGESTIONS = ("initiatives", "people")


@dataclass(frozen=True, kw_only=True)
class RoundHit:
    """One round of one gate, and where it says what was asked for."""

    round_id: int
    gate: str
    n: int
    state: RoundState
    since: datetime
    about: About
    name: tuple[Piece, ...]
    said: tuple[Piece, ...]

    @property
    def gate_word(self) -> str:
        return gate_word(self.gate)

    @property
    def is_passed(self) -> bool:
        return self.state == RoundState.PASSED


Hit = InitiativeHit | ArtefactHit | RoundHit | PersonHit


@dataclass(frozen=True)
class Group:
    """What was found of one noun, and whether there is more."""

    key: str
    label: str
    hits: tuple[Hit, ...]
    has_more: bool


@dataclass(frozen=True)
class Found:
    """What was found, by noun; nouns of which nothing was found are left out."""

    wanted: Wanted
    groups: tuple[Group, ...]

    @property
    def total(self) -> int:
        return sum(len(group.hits) for group in self.groups)

    @property
    def has_more(self) -> bool:
        return any(group.has_more for group in self.groups)

    @property
    def way_on(self) -> About | None:
        """The initiative that was meant: by its code, or since nothing is about another one."""
        hits = [hit for group in self.groups for hit in group.hits]
        firsts = [hit for hit in hits if isinstance(hit, InitiativeHit) and hit.reads_whole]
        if not firsts or isinstance(hits[-1], PersonHit):
            return firsts[0].about if firsts and firsts[0].is_exact else None
        about = {hit.about for hit in hits if not isinstance(hit, PersonHit)}
        is_clear = firsts[0].is_exact or len(about) == 1
        return firsts[0].about if is_clear else None


def search(
    text: str, authority: Authority, *, most: Most, among: Collection[str] = tuple(GROUPS)
) -> Found:
    """Return what fits the text, of all nouns or of some."""
    wanted = Wanted.of(text)
    if wanted.is_nothing or authority.person_key is None:
        return Found(wanted, ())
    reads: Mapping[str, Callable[..., Sequence[Hit]]] = {
        "initiatives": initiatives_found,
        "gates": rounds_found,
        "contributions": artefacts_found,
        "people": people_found,
    }
    groups = [
        _group(key, read(wanted, authority, most=most.hits(key) + 1), most.hits(key))
        for key, read in reads.items()
        if key in among
    ]
    return Found(wanted, tuple(group for group in groups if group.hits))


def rounds_found(wanted: Wanted, authority: Authority, *, most: int) -> list[RoundHit]:
    """Return the rounds that fit, the newest first: by initiative, or by what was said there."""
    gate, words = gate_asked(wanted.words)
    query = _rounds(reader_like(authority), bool(gate), bool(words), most)
    rows = query.ask({**replace(wanted, words=words).meant(authority), GATE: gate})
    named = {row[0]: pieces(row[-1], words) for row in rows}
    unnamed = [pk for pk, name in named.items() if not any(piece.is_match for piece in name)]
    told = _said(most).ask(rows_named(unnamed)) if unnamed and words else []
    said = {pk: [text for one in chain(*texts) for text in texts_in(one)] for pk, *texts in told}
    return [_round(row, named[row[0]], excerpt(said.get(row[0], ()), words)) for row in rows]


@cache
def _rounds(  # a cache's key
    reader: Authority,
    has_gate: bool,  # noqa: FBT001
    has_words: bool,  # noqa: FBT001
    most: int,
) -> Prepared:
    rows = Round.objects.filter(gate=GATE) if has_gate else Round.objects.all()
    if not reader.reads_everything:
        rows = rows.filter(initiative__in=readable_by(reader))
    if has_words:
        rows = rows.filter(pk__in=_fits())
    told = rows.annotate(since=Coalesce("closed_at", "submitted_at", "opened_at"))
    return Prepared.of(
        told.order_by("-opened_at", "-pk")[:most].values_list(
            *("pk", "gate", "n", "state", "since", "initiative__number", "initiative__name")
        )
    )


def _fits() -> "QuerySet[Any, Any]":
    """Return which rounds fit: by their initiative, or by what was said there."""
    said = Sealed.objects.alias(words=words_in_json("text")).filter(words=query_of(TEXT))
    here = said.values("pk")
    return (
        Round.objects.filter(initiative__number=NUMBER)
        .values("pk")
        .union(
            Round.objects.filter(initiative__in=said_whole()).values("pk"),
            ChangeRequest.objects.filter(sealed__in=here).values("round"),
            Commitment.objects.filter(sealed__in=here).values("passage__round"),
            Signature.objects.filter(intent__sealed__in=here).values("round"),
            Disagreement.objects.filter(subject__in=here).values("round"),
            Position.objects.filter(sealed__in=here).values("disagreement__round"),
            Settlement.objects.filter(_settling(here)).values("disagreement__round"),
        )
    )


@cache
def _said(most: int) -> Prepared:
    """Return what was said at rounds: asked for, owed, by those who signed or disagreed."""
    here = OuterRef("pk")
    rows = Round.objects.filter(pk__in=ROWS[:most]).values_list(
        "pk",
        _texts(ChangeRequest.objects.filter(round=here), "sealed"),
        _texts(Commitment.objects.filter(passage__round=here), "sealed"),
        _texts(Signature.objects.filter(round=here), "intent__sealed"),
        _texts(Disagreement.objects.filter(round=here), "subject"),
        _texts(Position.objects.filter(disagreement__round=here), "sealed"),
        _texts(Settlement.objects.filter(disagreement__round=here), "sealed"),
        _texts(Settlement.objects.filter(disagreement__round=here), "offer__sealed"),
    )
    return Prepared.of(rows)


def _settling(here: "QuerySet[Any, Any]") -> Q:
    """Return which settlements say it: their own words, or those that the other side confirmed."""
    return Q(sealed__in=here) | Q(offer__sealed__in=here)


def _texts(rows: "QuerySet[Any]", sealed: str) -> ArraySubquery:
    return ArraySubquery(rows.order_by("pk").values(f"{sealed}__text"))


def _round(row: Sequence[Any], name: tuple[Piece, ...], said: tuple[Piece, ...]) -> RoundHit:
    pk, gate, n, state, since, number, initiative = row
    return RoundHit(
        round_id=pk,
        gate=gate,
        n=n,
        state=RoundState(state),
        since=since,
        about=About(number, initiative),
        name=name,
        said=said,
    )


def _group(key: str, hits: Sequence[Hit], most: int) -> Group:
    return Group(key, GROUPS[key], tuple(hits[:most]), has_more=len(hits) > most)
