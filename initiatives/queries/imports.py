"""Lists that were brought: what stands in them, what becomes of each row, how far it has come."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q, QuerySet

from initiatives.choices import ImportState, Stage
from initiatives.models import Import, ImportedRow, Initiative
from initiatives.queries.duplicates import corpus_with
from initiatives.queries.memberships import may_import
from initiatives.rules.import_rows import (
    Fate,
    Judged,
    Known,
    judge,
    key_of,
    listed_rows,
    new_units,
)
from initiatives.rules.imports import Listed, Matching
from initiatives.rules.proposals import NOT_IMPORTER, STATEMENT
from journal.queries import is_worked_on
from kernel.canonical import canonical, digest
from kernel.refusals import ForbiddenError, NotVisibleError
from kernel.sheets.reading import read_sheet
from kernel.sheets.shapes import Sheet
from people.rules import Authority
from playbook.editions import current
from workforce.queries import unit_names

# Of a list this long each row is compared with all others by name and problem, else by name alone.
CLOSELY = 2_000
CANDIDATES = 12
SHOWN_ALIKE = 3


@dataclass(frozen=True)
class Review:
    """Every row of a list with what will become of it."""

    rows: tuple[Judged, ...]
    units: tuple[str, ...]

    @property
    def is_compared_by_name(self) -> bool:
        """Tell whether the list was too long to compare its rows by what they are about."""
        new = (judged for judged in self.rows if judged.one.name and judged.fate != Fate.HERE)
        return sum(1 for _ in new) > CLOSELY

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many rows meet each fate, how many look like another, how many are said in use."""
        counts: Counter[str] = Counter(dict.fromkeys(Fate, 0))
        counts.update(judged.fate for judged in self.rows)
        coming = self.of(Fate.COMES)
        counts["alike"] = sum(bool(one.alike) for one in coming)
        counts["in_use"] = sum(one.one.is_in_use for one in coming)
        counts["unplaced"] = sum(not one.one.stage for one in coming)
        counts["all"] = len(self.rows)
        return counts

    def of(self, fate: str) -> list[Judged]:
        """Return the rows that meet a fate, or that come although they look like another."""
        if fate == "alike":
            return [judged for judged in self.of(Fate.COMES) if judged.alike]
        if fate not in set(Fate):
            return list(self.rows)
        return [judged for judged in self.rows if judged.fate == fate]


@dataclass(frozen=True)
class Far:
    """How many rows are initiatives by now, of how many; and what is open about them.

    Of a list that has come in, `here` is how many rows another list had brought before.
    """

    of: int
    done: int
    here: int
    in_use: int
    unplaced: int
    unaffected: int


def must_import(authority: Authority) -> None:
    """Let whoever may bring in a list pass.

    :raises ForbiddenError, NotVisibleError: for others, depending on whether they may know of it.
    """
    if may_import(authority):
        return
    if authority.reads_everything:
        raise ForbiddenError(NOT_IMPORTER)
    raise NotVisibleError


def imports() -> QuerySet[Import]:
    """Return every list, the newest first, with how many of its rows became initiatives."""
    rows = Import.objects.without_file().defer("refused", "alike")
    return (
        rows.select_related("started_by").annotate(brought=Count("imported_rows")).order_by("-pk")
    )


def get_import(pk: int) -> Import:
    """Return one list, without its bytes until they are asked for.

    :raises NotVisibleError: when there is none.
    """
    rows = Import.objects.without_file().select_related("started_by", "confirmed_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisibleError
    return found


def sheet_of(source: Import) -> Sheet:
    """Return the table of a list that still has its file; it was readable when it was brought."""
    return read_sheet(bytes(source.content))


def matching_of(source: Import) -> Matching:
    """Return what is settled about its columns and its words for stages."""
    return Matching(columns=source.columns, stages=source.stages)


def review_of(source: Import, *, sheet: Sheet | None = None) -> Review:
    """Return what will become of every row, as things stand now."""
    sheet, matching = sheet or sheet_of(source), matching_of(source)
    keys = [key_of(one) for one in listed_rows(sheet, matching)]
    known = Known(here=keys_here(keys), left_out=set(source.left_out), alike=source.alike)
    judged = judge(sheet, matching, statement=current().slot(STATEMENT), known=known)
    return Review(tuple(judged), tuple(new_units(judged, unit_names())))


def keys_here(keys: Iterable[str]) -> frozenset[str]:
    """Return which rows became initiatives before, from whichever list."""
    return frozenset(ImportedRow.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def samples_of(sheet: Sheet) -> dict[str, str]:
    """Return the first text of each column, to recognise it by."""
    return {
        name: next((row.cells[place] for row in sheet.rows if row.cells[place]), "")
        for place, name in enumerate(sheet.header)
    }


def header_key(header: Sequence[str]) -> str:
    """Return what names a header, so that its next file finds what was settled for it."""
    return digest(canonical(list(header)))


def remembered(key: str) -> Import | None:
    """Return the last list with this header of which somebody settled the columns."""
    rows = Import.objects.without_file().filter(header_key=key, matched_at__isnull=False)
    return rows.exclude(state=ImportState.DISCARDED).order_by("-pk").first()


def likenesses(ones: Sequence[Listed]) -> dict[str, list[str]]:
    """Return, by line, what each row looks like: initiatives that are here, and rows before it.

    Rows that are here already are compared with nothing; in long lists only names are.
    """
    here = keys_here(key_of(one) for one in ones)
    new = [one for one in ones if one.name and key_of(one) not in here]
    corpus = corpus_with((-one.line, one.name, one.problem) for one in new)
    found: dict[int, list[int]] = {}
    for one in new:
        if len(new) > CLOSELY:
            ids: Iterable[int] = corpus.namesakes(one.name)
        else:
            matches = corpus.likely(
                name=one.name, problem=one.problem, limit=SHOWN_ALIKE + 1, candidates=CANDIDATES
            )
            ids = [match.id for match in matches]
        if earlier := [id_ for id_ in ids if id_ > 0 or -id_ < one.line][:SHOWN_ALIKE]:
            found[one.line] = earlier
    codes = _codes({id_ for ids in found.values() for id_ in ids if id_ > 0})
    return {
        str(line): [codes[id_] if id_ > 0 else f"line {-id_}" for id_ in ids]
        for line, ids in found.items()
    }


def brought_rows(source: Import) -> QuerySet[ImportedRow]:
    """Return its rows that became initiatives, in the order of the file."""
    return source.imported_rows.select_related("initiative", "initiative__unit").order_by("line")


def how_far(source: Import) -> Far:
    """Return how many rows became initiatives, and what they say or leave open."""
    found = source.imported_rows.aggregate(
        done=Count("pk"),
        in_use=Count("pk", filter=Q(claimed_stage=Stage.MEASUREMENT)),
        unplaced=Count("pk", filter=Q(claimed_stage=None)),
        unaffected=Count("pk", filter=Q(initiative__affected="")),
    )
    return Far(of=source.to_bring, here=_passed_over(source, found["done"]), **found)


def _passed_over(source: Import, done: int) -> int:
    """Return how many rows neither came nor failed, and were not left out."""
    refused = {one["line"] for one in source.refused}
    left = {*source.left_out} - refused
    return max(source.row_count - done - len(refused) - len(left), 0)


def has_stopped(source: Import) -> bool:
    """Tell whether the worker has given up on a list that is not yet in."""
    return source.is_applying and not is_worked_on(source)


def _codes(ids: Iterable[int]) -> dict[int, str]:
    rows = Initiative.objects.filter(pk__in=list(ids)).only("number")
    return {row.pk: row.code for row in rows}
