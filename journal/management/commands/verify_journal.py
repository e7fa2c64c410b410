"""Say whether the record is intact: exit 0 yes, 1 no (with the first break), 2 cannot tell."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, Never

from django.core.management.base import BaseCommand
from django.db import Error

from journal.queries import head
from journal.verification import Finding, NothingRecordedError, at_one_moment, verify
from journal.witnesses import NoNotesError, check_outside, read_notes

SHOWN = 20


class Command(BaseCommand):
    help = "Check the whole journal: guards, chain, rows, texts, checkpoints, keys, decisions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--checkpoints",
            metavar="DIR",
            type=Path,
            help="a folder or file with checkpoints that were kept outside the database",
        )
        parser.add_argument(
            "--since",
            metavar="N",
            type=int,
            default=1,
            help="take the entries before N as checked, and with them unnamed rows and texts",
        )

    def handle(self, *, since: int, checkpoints: Path | None, **options: Any) -> None:
        is_json = options["json"]
        try:
            with at_one_moment():
                found = chain(verify(since=since), _outside(checkpoints))
                findings = list(islice(found, SHOWN))
                end = head()
        except (Error, NothingRecordedError, NoNotesError, OSError) as error:
            self._cannot_tell(str(error).strip(), is_json=is_json)
        length, fingerprint = (end.seq, bytes(end.hash).hex()) if end else (0, "")
        if is_json:
            self._print_json(length, fingerprint, findings)
        elif not findings:
            self.stdout.write(f"Intact: {length} entries, the last is {fingerprint[:16]}.")
        for finding in [] if is_json else findings:
            self.stdout.write(f"Not intact: {_line(finding)}.")
        sys.exit(1 if findings else 0)

    def _print_json(self, length: int, fingerprint: str, findings: list[Finding]) -> None:
        found = [
            {"seq": one.seq, "what": one.what, "recorded": one.recorded, "found": one.found}
            for one in findings
        ]
        said = {"intact": not found, "entries": length, "head": fingerprint, "findings": found}
        self.stdout.write(json.dumps(said))

    def _cannot_tell(self, why: str, *, is_json: bool) -> Never:
        if is_json:
            self.stdout.write(json.dumps({"intact": None, "why": why}))
        else:
            self.stderr.write(f"The journal cannot be checked: {why}.")
        sys.exit(2)


def _outside(checkpoints: Path | None) -> Iterator[Finding]:
    if checkpoints is not None:
        yield from check_outside(read_notes(checkpoints))


def _line(finding: Finding) -> str:
    where = f"entry {finding.seq}: " if finding.seq else ""
    both = f" (recorded {finding.recorded}, found {finding.found})" if finding.found else ""
    return f"{where}{finding.what}{both}"
