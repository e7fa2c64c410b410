"""Finding initiatives, what was written about them, and people, each as far as one may see it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Case, When
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce, Concat

from initiatives.choices import Stage
from initiatives.models import ArtefactVersion, Initiative, Membership
from initiatives.queries.visibility import listed_for, readable_by
from initiatives.rules.codes import parse_code
from initiatives.rules.search import Piece, excerpt, pieces
from kernel.canonical import clean_text
from kernel.fulltext import asked, query_of, words_in, words_in_json
from people.models import User
from people.rules import Authority

LONGEST = 200


@dataclass(frozen=True)
class Wanted:
    """What somebody typed: the text, its words, and the number where it is a code."""

    text: str
    words: tuple[str, ...]
    number: int | None

    @classmethod
    def of(cls, typed: str) -> Self:
        """Read whatever was typed; what is no text asks for nothing."""
        try:
            text = " ".join(clean_text(typed[:LONGEST]).split())
        except ValueError:
            text = ""
        return cls(text, asked(text), parse_code(text))

    @property
    def is_nothing(self) -> bool:
        return not self.words


@dataclass(frozen=True)
class InitiativeHit:
    """One initiative. Without `reads_whole`, name, stage and unit, and the purpose where in use."""

    initiative: Initiative
    reads_whole: bool
    is_exact: bool
    name: tuple[Piece, ...]
    said: tuple[Piece, ...]


@dataclass(frozen=True)
class ArtefactHit:
    """The current version of one slot, and where it says what was asked for."""

    initiative: Initiative
    slot: str
    said: tuple[Piece, ...]


@dataclass(frozen=True)
class PersonHit:
    """Somebody, and how many initiatives the person leads, of those that the reader reads."""

    person: User
    name: tuple[Piece, ...]
    title: tuple[Piece, ...]
    leads: int


def initiatives_found(wanted: Wanted, authority: Authority, *, most: int) -> list[InitiativeHit]:
    """Return the initiatives that fit: the code first, then by name, then by what else is said.

    Of what the reader only finds in lists, what lists show is searched, and nothing else.
    """
    is_exact, is_named = Q(number=wanted.number or 0), Q(pk__in=_saying("name", wanted.words))
    fits = is_exact | is_named | Q(reads_whole=True, pk__in=said_whole(wanted.words))
    if not authority.reads_everything:
        purpose = _saying("problem", wanted.words).filter(stage=Stage.MEASUREMENT)
        in_use = Initiative.objects.in_use().filter(pk__in=purpose).values("pk")
        fits |= Q(pk__in=in_use)
    if wanted.number is not None:
        fits |= Q(digits__startswith=str(wanted.number))
    rows = (
        listed_for(authority)
        .annotate(digits=Cast("number", CharField()), exact=_as_value(is_exact))
        .filter(fits)
        .select_related("unit")
        .order_by(_as_value(is_exact).desc(), _as_value(is_named).desc(), "number")
    )
    return [_initiative(row, wanted.words) for row in rows[:most]]


def artefacts_found(wanted: Wanted, authority: Authority, *, most: int) -> list[ArtefactHit]:
    """Return the slots whose current text fits, of initiatives that the reader reads whole."""
    newer = ArtefactVersion.objects.filter(
        initiative=OuterRef("initiative"), slot=OuterRef("slot"), n__gt=OuterRef("n")
    )
    rows = (
        ArtefactVersion.objects.alias(words=words_in_json("sealed__text"))
        .filter(~Exists(newer), words=query_of(wanted.words))
        .select_related("initiative", "sealed")
        .order_by("-created_at", "-pk")
    )
    if not authority.reads_everything:
        rows = rows.filter(initiative__in=readable_by(authority))
    return [_artefact(row, wanted.words) for row in rows[:most]]


def people_found(wanted: Wanted, authority: Authority, *, most: int) -> list[PersonHit]:
    """Return the people that fit: everyone for offices, else oneself and who works on one's own."""
    said = words_in(Concat("name", Value(" "), "title"))
    leads = Membership.objects.leads().filter(user=OuterRef("pk")).order_by()
    people = User.objects.alias(words=said).filter(words=query_of(wanted.words))
    if not authority.reads_everything:
        own = readable_by(authority)
        together = Membership.objects.current().filter(initiative__in=own)
        is_seen = Q(pk=authority.user_id) | Q(pk__in=together.values("user"))
        people = people.filter(is_seen, is_active=True)
        leads = leads.filter(initiative__in=own)
    many = leads.values("user").annotate(many=Count("pk")).values("many")
    rows = people.annotate(leads=Coalesce(Subquery(many), 0)).order_by("-is_active", "name", "pk")
    return [
        PersonHit(row, pieces(row.name, wanted.words), pieces(row.title, wanted.words), row.leads)
        for row in rows[:most]
    ]


def said_whole(words: Sequence[str]) -> QuerySet[Initiative, Any]:
    """Return which initiatives say the words anywhere: only for whom reads them whole."""
    return _saying("search", [word.casefold() for word in words])


def texts_in(text: str | None) -> list[str]:
    """Return the texts of a sealed one: it is a text, or texts as JSON, or erased."""
    try:
        told = json.loads(text or "")
    except ValueError:
        return [text] if text else []
    return [one for one in told.values() if isinstance(one, str)] if isinstance(told, dict) else []


def _saying(field: str, words: Sequence[str]) -> QuerySet[Initiative, Any]:
    rows = Initiative.objects.alias(words=words_in(field))
    return rows.filter(words=query_of(tuple(words))).values("pk")


def _as_value(fits: Q) -> Case:
    return Case(When(fits, then=Value(1)), default=Value(0))


def _initiative(row: Any, words: Sequence[str]) -> InitiativeHit:  # noqa: ANN401  # annotated
    shows_purpose = row.stage == Stage.MEASUREMENT and not row.is_over
    texts = [row.unit.name]
    if row.reads_whole:
        texts = [row.problem, row.affected, *texts]
    elif shows_purpose:
        texts = [row.problem, *texts]
    return InitiativeHit(
        initiative=row,
        reads_whole=row.reads_whole,
        is_exact=bool(row.exact),
        name=pieces(row.name, words),
        said=excerpt(texts, words),
    )


def _artefact(row: ArtefactVersion, words: Sequence[str]) -> ArtefactHit:
    return ArtefactHit(row.initiative, row.slot, excerpt(texts_in(row.sealed.text), words))
