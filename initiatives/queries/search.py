"""Finding initiatives, what was written about them, and people, each as far as one may see it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Self

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Case, When
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Coalesce

from initiatives.choices import ENDED, Stage, Standing
from initiatives.models import ArtefactVersion, Initiative, Membership
from initiatives.queries.hits import About, ArtefactHit, InitiativeHit, PersonHit
from initiatives.queries.visibility import listed_for, readable_by
from initiatives.rules.codes import parse_code
from initiatives.rules.search import excerpt, pieces
from kernel.canonical import clean_text
from kernel.fulltext import asked, query_of, words_in, words_in_json, words_of
from kernel.prepared import DIGITS, FOLDED, NUMBER, PERSON, READER, TEXT, Prepared
from people.choices import Office, Side
from people.models import NAME_AND_TITLE, User
from people.rules import Authority
from people.warrants import Warrant

LONGEST = 200
MOST_SORTED = 100
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
# What a warrant lets its person read is its scope; whose it is, and until when, is another matter.
ANY_WARRANT = Warrant(id=0, side=Side.TECHNOLOGY, term_id=0, starts_at=LONG_AGO, ends_at=LONG_AGO)


def reader_like(authority: Authority) -> Authority:
    """Return who stands for this reader in a prepared query, which others share.

    It is one who reads everything, or one who reads what is theirs, with what may be theirs to
    sign in somebody's place.
    """
    if authority.reads_everything:
        return Authority(READER, PERSON, frozenset({Office.AUDITOR}))
    scopes = (
        replace(ANY_WARRANT, initiatives=one.initiatives, risks=one.risks)
        for one in authority.warrants
    )
    return Authority(READER, PERSON, warrants=tuple(dict.fromkeys(scopes)))


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

    def meant(self, authority: Authority) -> Mapping[Any, Any]:
        """Return what the stand-ins of a prepared query mean for this question and reader."""
        return {
            TEXT: words_of(self.words),
            FOLDED: words_of(tuple(word.casefold() for word in self.words)),
            NUMBER: self.number or 0,
            f"{DIGITS}%": f"{self.number}%",
            READER: authority.user_id,
            PERSON: authority.person_key,
        }


def initiatives_found(wanted: Wanted, authority: Authority, *, most: int) -> list[InitiativeHit]:
    """Return the initiatives that fit: the code first, then by name, then by what else is said.

    Of what the reader only finds in lists, what lists show is searched, and nothing else.
    """
    query = _initiatives(reader_like(authority), wanted.number is not None, most)
    rows = query.ask(wanted.meant(authority))
    return [_initiative(row, wanted.words) for row in rows]


def artefacts_found(wanted: Wanted, authority: Authority, *, most: int) -> list[ArtefactHit]:
    """Return the slots whose current text fits, of initiatives that the reader reads whole."""
    rows = _artefacts(reader_like(authority), most).ask(wanted.meant(authority))
    return [
        ArtefactHit(About(number, name), slot, excerpt(texts_in(text), wanted.words))
        for number, name, slot, text in rows
    ]


def people_found(wanted: Wanted, authority: Authority, *, most: int) -> list[PersonHit]:
    """Return the people that fit: everyone for offices, else oneself and who works on one's own."""
    rows = _people(reader_like(authority), most).ask(wanted.meant(authority))
    return [
        PersonHit(
            full_name=name,
            is_active=is_active,
            leads=leads,
            name=pieces(name, wanted.words),
            title=pieces(title, wanted.words),
        )
        for name, title, is_active, leads in rows
    ]


def said_whole() -> QuerySet[Initiative, Any]:
    """Return which initiatives say FOLDED anywhere: only for whom reads them whole."""
    return _saying("search", FOLDED)


def texts_in(text: str | None) -> list[str]:
    """Return the texts of a sealed one: it is a text, or texts as JSON, or erased."""
    try:
        told = json.loads(text or "")
    except ValueError:
        return [text] if text else []
    return [one for one in told.values() if isinstance(one, str)] if isinstance(told, dict) else []


@cache
def _initiatives(  # a cache's key
    reader: Authority,
    has_number: bool,  # noqa: FBT001
    most: int,
) -> Prepared:
    is_exact, named = Q(number=NUMBER), _saying("name", TEXT)
    is_named = Q(pk__in=named)
    if reader.reads_everything:
        # One list of keys, not one condition or another: each then goes by its index.
        fits = Q(pk__in=named.union(said_whole()))
    else:
        purpose = _saying("problem", TEXT).filter(stage=Stage.MEASUREMENT)
        fits = is_named | Q(reads_whole=True, pk__in=said_whole())
        fits |= Q(pk__in=Initiative.objects.in_use().filter(pk__in=purpose).values("pk"))
    if has_number:
        fits |= is_exact | Q(digits__startswith=DIGITS)
    rows = (
        listed_for(reader)
        .annotate(digits=Cast("number", CharField()), exact=_as_value(is_exact))
        .filter(fits)
        .order_by(
            *("-exact", _as_value(is_named).desc()),
            *(F("archived_at").asc(nulls_first=True), "number"),
        )
        .values_list(
            *("number", "name", "stage", "standing", "unit__name", "archived_at"),
            *("reads_whole", "exact", "problem", "affected"),
        )
    )
    return Prepared.of(rows[:most])


@cache
def _artefacts(reader: Authority, most: int) -> Prepared:
    newer = ArtefactVersion.objects.filter(
        initiative=OuterRef("initiative"), slot=OuterRef("slot"), n__gt=OuterRef("n")
    )
    saying = ArtefactVersion.objects.alias(words=words_in_json("sealed__text"))
    saying = saying.filter(~Exists(newer), words=query_of(TEXT))
    if not reader.reads_everything:
        saying = saying.filter(initiative__in=readable_by(reader))
    # A word that thousands of texts say is not worth sorting them all, nor opening them to sort.
    newest = ArtefactVersion.objects.order_by("-created_at", "-pk")
    some = newest.filter(pk__in=saying.values("pk")[:MOST_SORTED]).values("pk")[:most]
    named = newest.filter(pk__in=some)
    return Prepared.of(
        named.values_list("initiative__number", "initiative__name", "slot", "sealed__text")
    )


@cache
def _people(reader: Authority, most: int) -> Prepared:
    leads = Membership.objects.leads().filter(user=OuterRef("pk")).order_by()
    people = User.objects.alias(words=NAME_AND_TITLE).filter(words=query_of(TEXT))
    if not reader.reads_everything:
        own = readable_by(reader)
        together = Membership.objects.current().filter(initiative__in=own)
        is_seen = Q(pk=READER) | Q(pk__in=together.values("user"))
        people = people.filter(is_seen, is_active=True)
        leads = leads.filter(initiative__in=own)
    many = leads.values("user").annotate(many=Count("pk")).values("many")
    rows = people.annotate(leads=Coalesce(Subquery(many), 0)).order_by("-is_active", "name", "pk")
    return Prepared.of(rows[:most].values_list("name", "title", "is_active", "leads"))


def _saying(field: str, words: str) -> QuerySet[Initiative, Any]:
    return (
        Initiative.objects.alias(words=words_in(field)).filter(words=query_of(words)).values("pk")
    )


def _as_value(fits: Q) -> Case:
    return Case(When(fits, then=Value(1)), default=Value(0))


def _initiative(row: Sequence[Any], words: Sequence[str]) -> InitiativeHit:
    number, name, stage, standing, unit, archived_at, reads_whole, exact, problem, affected = row
    texts = [unit]
    if reads_whole:
        texts = [problem, affected, unit]
    elif stage == Stage.MEASUREMENT and standing not in ENDED:
        texts = [problem, unit]
    return InitiativeHit(
        about=About(number, name),
        stage=stage,
        standing=Standing(standing),
        unit=unit,
        is_archived=archived_at is not None,
        reads_whole=reads_whole,
        is_exact=bool(exact),
        name=pieces(name, words),
        said=excerpt(texts, words),
    )
