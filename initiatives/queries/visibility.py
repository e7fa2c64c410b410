"""Who sees what. Every page and every operation finds its initiative here."""

from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import BooleanField

from initiatives.models import Initiative, Membership
from initiatives.models.initiatives import InitiativeQuerySet
from initiatives.queries.involvement import with_involvement
from initiatives.queries.notes import with_note
from initiatives.queries.opportunities import with_scores
from initiatives.queries.questions import with_open_questions
from initiatives.rules.codes import parse_code
from kernel.compiled import compiled
from kernel.refusals import NotVisibleError
from people.rules import Authority

# What a page does not need to know of the list that an initiative came from.
HEAVY = ("content", "alike", "refused", "left_out", "stages")


def readable_by(authority: Authority) -> InitiativeQuerySet:
    """Return what the person reads whole: everything for offices, else the own initiatives.

    Whoever signs in somebody's place reads what may have to be signed, as long as that lasts.
    """
    initiatives = Initiative.objects.all()
    if authority.reads_everything:
        return initiatives
    if not authority.warrants:
        return initiatives.filter(_is_own(authority.person_key))
    return initiatives.filter(Q(_is_own(authority.person_key)) | _is_to_be_signed(authority))


def listed_for(authority: Authority) -> InitiativeQuerySet:
    """Return what the person finds in lists; `reads_whole` tells on each how much of it.

    Whoever works on one initiative sees name, stage and unit of all; everyone else name, stage
    and purpose of what is in use. Whoever signs in somebody's place finds what may be to sign.
    """
    if authority.reads_everything:
        return Initiative.objects.annotate(reads_whole=Value(value=True))
    if authority.person_key is None:
        return Initiative.objects.annotate(reads_whole=Value(value=False)).none()
    works = Membership.objects.current().of_person(authority.person_key)
    listed = Exists(works) | Q(pk__in=Initiative.objects.in_use().values("pk"))
    if not authority.warrants:
        return Initiative.objects.annotate(reads_whole=_is_own(authority.person_key)).filter(listed)
    to_sign = _is_to_be_signed(authority)
    whole = ExpressionWrapper(
        Q(_is_own(authority.person_key)) | to_sign, output_field=BooleanField()
    )
    return Initiative.objects.annotate(reads_whole=whole).filter(listed | to_sign)


def worked_on_by(authority: Authority) -> InitiativeQuerySet:
    """Return the initiatives that the person works on, whatever else may be theirs to read."""
    return Initiative.objects.filter(_is_own(authority.person_key))


def if_read_whole(value: Any, *, otherwise: Any) -> Case:  # noqa: ANN401  # any expression
    """Return a value of rows of `listed_for` that is the same for all that one only finds.

    What lists count, pile up or sort by says nothing then that the row itself would not say.
    """
    return Case(When(reads_whole=True, then=value), default=Value(otherwise))


def get_initiative(number: int, authority: Authority) -> Initiative:
    """Return the initiative of this number, with its unit, days, note and open questions.

    :raises NotVisibleError: when there is none, or it is not this person's to read.
    """
    if authority.reads_everything:
        found = _any_whole(number)
    elif authority.person_key and not authority.warrants:
        found = _own_whole(number, authority.person_key)
    else:
        found = [*_whole(readable_by(authority).filter(number=number))]
    initiative = next(iter(found), None)
    if initiative is None:
        raise NotVisibleError
    return initiative


@compiled
def _any_whole(number: int) -> QuerySet[Initiative, Initiative]:
    return _whole(Initiative.objects.filter(number=number))


@compiled
def _own_whole(number: int, person_key: UUID) -> QuerySet[Initiative, Initiative]:
    return _whole(Initiative.objects.filter(_is_own(person_key), number=number))


def _whole(found: InitiativeQuerySet) -> InitiativeQuerySet:
    rows = found.select_related(
        "unit", "proposed_by", "imported_row__source", "rapid_use__read__sealed"
    )
    rows = rows.defer(*(f"imported_row__source__{name}" for name in HEAVY))
    return with_scores(with_note(with_open_questions(with_involvement(rows))))


def reads_code(code: str, authority: Authority) -> bool:
    """Tell whether the person may open the initiative of this code."""
    return readable_by(authority).filter(number=parse_code(code) or 0).exists()


def get_joinable(number: int) -> Initiative:
    """Return any initiative that goes on, for whoever may be about to join it.

    :raises NotVisibleError: when there is none. The operation `join` judges the rest.
    """
    initiative = Initiative.objects.under_way().filter(number=number).first()
    if initiative is None:
        raise NotVisibleError
    return initiative


def reads_whole(initiative: Initiative, authority: Authority) -> bool:
    """Tell whether the person may read all of the initiative."""
    return readable_by(authority).filter(pk=initiative.pk).exists()


def reads_anything(authority: Authority) -> bool:
    """Tell whether the person reads any initiative whole: by office, or by working on one."""
    return authority.reads_everything or readable_by(authority).exists()


def readable_keys(authority: Authority) -> frozenset[int] | None:
    """Return the keys of what the person reads whole; None is everything, without a query.

    :raises NotVisibleError: for whoever holds no office and works on nothing.
    """
    if authority.reads_everything:
        return None
    keys = frozenset(readable_by(authority).values_list("pk", flat=True))
    if not keys:
        raise NotVisibleError
    return keys


def _is_own(person_key: UUID | None) -> Exists:
    return Exists(
        Membership.objects.current().of_person(person_key).filter(initiative=OuterRef("pk"))
    )


def _is_to_be_signed(authority: Authority) -> Q:
    """Return a filter of what the person may have to sign in somebody's place."""
    found = Q(pk=None)
    for warrant in authority.warrants:
        scope = Q(pk__isnull=False)
        if warrant.initiatives:
            scope &= Q(pk__in=warrant.initiatives)
        if warrant.risks:
            scope &= Q(risk_tier__in=warrant.risks)
        found |= scope
    return found
