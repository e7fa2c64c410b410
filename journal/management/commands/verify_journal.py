"""Say whether the record is intact: exit 0 yes, 1 no (with the first break), 2 cannot tell."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from typing import Any, Never

from django.core.management.base import BaseCommand
from django.db import Error

from journal.queries import head
from journal.verification import Finding, NothingRecordedError, verify

SHOWN = 20


def _readable(findings: Iterator[Finding]) -> Iterator[Finding]:
    """End with a finding where the database holds what no writer of ours could have stored."""
    try:
        yield from findings
    except (ValueError, OverflowError) as error:
        yield Finding(0, f"a stored value cannot be read: {error}")


class Command(BaseCommand):
    help = "Check the whole journal: guards, chain, rows, sealed texts, signatures, decisions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        is_json = options["json"]
        try:
            findings = list(islice(_readable(verify()), SHOWN))
            end = head()
        except (Error, NothingRecordedError) as error:
            self._cannot_tell(str(error).strip(), is_json=is_json)
        length, fingerprint = (end.seq, bytes(end.hash).hex()) if end else (0, "")
        if is_json:
            self._print_json(length, fingerprint, findings)
        elif not findings:
            self.stdout.write(f"Intact: {length} entries, the last is {fingerprint[:16]}.")
        for finding in [] if is_json else findings:
            where = f"entry {finding.seq}: " if finding.seq else ""
            self.stdout.write(f"Not intact: {where}{finding.what}.")
        sys.exit(1 if findings else 0)

    def _print_json(self, length: int, fingerprint: str, findings: list[Finding]) -> None:
        found = [{"seq": finding.seq, "what": finding.what} for finding in findings]
        said = {"intact": not found, "entries": length, "head": fingerprint, "findings": found}
        self.stdout.write(json.dumps(said))

    def _cannot_tell(self, why: str, *, is_json: bool) -> Never:
        if is_json:
            self.stdout.write(json.dumps({"intact": None, "why": why}))
        else:
            self.stderr.write(f"The journal cannot be checked: {why}.")
        sys.exit(2)
