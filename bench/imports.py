"""A list of projects from its file to the register, by the product's own operations, timed."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils import timezone

from initiatives.operations.import_rows import apply_import
from initiatives.operations.imports import Choice, confirm_import, match_import, start_import
from initiatives.queries.imports import how_far, matching_of, review_of
from tests.gates import company

seconds: dict[str, float] = {}


def main(path: str) -> None:
    """Bring in the file, then the same file again; print seconds and rows as JSON."""
    ada, content = company(timezone.now()).ada, Path(path).read_bytes()
    with timed("read it and guess its columns"):
        source = start_import(actor=ada, name="list", content=content, at=timezone.now())
    with timed("settle columns, find what is alike"):
        source = match_import(**of(source, ada), matching=matching_of(source))
    with timed("judge every row for the page"):
        review = review_of(source)
    with timed("confirm"):
        source = confirm_import(**of(source, ada), choice=Choice())
    with timed("bring in the rows"):
        apply_import(source_id=source.pk, clock=timezone.now)
    with timed("read the same file again"):
        again = start_import(actor=ada, name="list", content=content, at=timezone.now())
    with timed("judge it again"):
        counts = review_of(again).counts
    source.refresh_from_db()
    far = how_far(source)
    found = {"brought": far.done, "unplaced": far.unplaced, "unaffected": far.unaffected}
    found |= {"rows": len(review.rows), "refused": len(source.refused), "new": counts["comes"]}
    print(json.dumps({"seconds": seconds, **found}))


@contextmanager
def timed(name: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - begun


def of(source: Any, actor: Any) -> dict[str, Any]:
    """Return who acts when on which state of the list."""
    version = source.version
    return {"source": source, "actor": actor, "at": timezone.now(), "expected_version": version}
