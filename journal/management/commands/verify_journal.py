"""Say whether the record is intact: exit 0 yes, 1 no (with the first break), 2 cannot tell."""

import json
import sys
from argparse import ArgumentParser
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from journal.queries import head
from journal.verification import verify

SHOWN = 20


class Command(BaseCommand):
    help = "Check the whole journal: guards, chain, rows, sealed texts, signatures, decisions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, **options: Any) -> None:
        try:
            findings = list(islice(verify(), SHOWN))
            end = head()
        except DatabaseError as error:
            self.stderr.write(f"The journal cannot be checked: {error}".strip())
            sys.exit(2)
        length, fingerprint = (end.seq, bytes(end.hash).hex()) if end else (0, "")
        if options["json"]:
            found = [{"seq": finding.seq, "what": finding.what} for finding in findings]
            self.stdout.write(
                json.dumps({"entries": length, "head": fingerprint, "findings": found})
            )
        elif not findings:
            self.stdout.write(f"Intact: {length} entries, the last is {fingerprint[:16]}.")
        else:
            for finding in findings:
                where = f"entry {finding.seq}: " if finding.seq else ""
                self.stdout.write(f"Not intact: {where}{finding.what}.")
        sys.exit(1 if findings else 0)
