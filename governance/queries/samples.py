"""A sample of decisions as a file: their receipts, how they were drawn, and what checks them."""

from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings

from governance.models import Passage
from governance.queries.receipts import receipt_of
from governance.rules.samples import METHOD, drawn
from journal.kinds import Kind
from journal.models import Entry
from kernel.canonical import canonical

VERIFIER = "verify_receipt.py"


@dataclass(frozen=True)
class Sample:
    """What is drawn: the seed, how many at most, and up to which entry of the journal."""

    seed: str
    size: int
    until: int


def sample_archive(sample: Sample) -> bytes:
    """Return a ZIP with the receipt of each decision drawn, and `sample.json`, which says how."""
    decided = _decided(sample.until)
    chosen = drawn(decided.keys(), seed=sample.seed, size=sample.size)
    passages = Passage.objects.select_related("round__initiative", "round__snapshot")
    found = passages.in_bulk([decided[digest] for digest in chosen])
    rows = [found[decided[digest]] for digest in chosen]
    said = {
        "method": METHOD,
        "seed": sample.seed,
        "size": sample.size,
        "until": sample.until,
        "decisions": len(decided),
        "drawn": [{"digest": row.digest, "file": name_of(row)} for row in rows],
    }
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        archive.writestr("sample.json", canonical(said))
        for row in rows:
            archive.writestr(name_of(row), receipt_of(row))
        archive.write(settings.BASE_DIR / "receipts" / VERIFIER, VERIFIER)
    return held.getvalue()


def name_of(passage: Passage) -> str:
    """Return the name of a receipt in the archive."""
    round_ = passage.round
    return f"receipts/{round_.initiative.code}-gate-{round_.gate}-round-{round_.n}.json"


def _decided(until: int) -> dict[str, int]:
    """Return the decisions up to an entry of the journal: each digest with its row."""
    entries = Entry.objects.filter(kind=Kind.GATE_PASSED, seq__lte=until)
    keys = [int(one) for one in entries.values_list("subject_id", flat=True)]
    return dict(Passage.objects.filter(pk__in=keys).values_list("digest", "pk"))
