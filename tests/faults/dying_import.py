"""A worker that is killed in the middle of a list: python -m tests.faults.dying_import IMPORT N.

It brings in N rows, begins the next one, and dies before that row is committed.
"""

import os
import signal
import sys
from typing import Any

import django

django.setup()

from initiatives.models import ImportedRow  # noqa: E402  # Django is set up by now
from initiatives.operations import import_rows  # noqa: E402  # see above
from journal.acts import record  # noqa: E402  # see above
from journal.clock import now  # noqa: E402  # see above
from journal.kinds import Kind  # noqa: E402  # see above


def main(source: str, rows: str) -> None:
    def recorded(kind: Kind, **words: Any) -> None:
        record(kind, **words)
        if kind == Kind.ROW_IMPORTED and ImportedRow.objects.count() > int(rows):
            os.kill(os.getpid(), signal.SIGKILL)

    import_rows.record = recorded
    import_rows.apply_import(source_id=int(source), clock=now)


if __name__ == "__main__":
    main(*sys.argv[1:])
