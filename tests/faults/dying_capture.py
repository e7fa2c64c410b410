"""A worker that is killed while it keeps a copy: python -m tests.faults.dying_capture REQUEST.

It has fetched the page and put the file in its place, and dies before the row is committed.
"""

import os
import signal
import sys

import django

django.setup()

from initiatives.operations import captures  # noqa: E402  # Django is set up by now
from initiatives.operations.files import Received, keep  # noqa: E402  # see above
from journal.clock import now  # noqa: E402  # see above
from tests.kernel.outside import PUBLIC, Names, page, serving  # noqa: E402  # see above

PAGE = b"<p>Two findings, both closed.</p>"


def main(request: str) -> None:
    def kept(file: Received) -> None:
        keep(file)
        os.kill(os.getpid(), signal.SIGKILL)

    captures.keep = kept
    captures.settings.CAPTURE_LINKS = True
    captures.settings.EVIDENCE_ROOT = os.environ["EVIDENCE_ROOT"]
    with serving(page(PAGE)) as server:
        wire = Names(server, wiki_example=[[PUBLIC]])
        captures.capture_link(request_id=int(request), clock=now, wire=wire)


if __name__ == "__main__":
    main(*sys.argv[1:])
