"""What a log leaves out: the part of an address that opens something to whoever reads it."""

import logging
import re


class WithoutSecrets(logging.Filter):
    """Blank what follows one of these paths in an address, in every line that is written."""

    def __init__(self, paths: list[str]) -> None:
        super().__init__()
        self._secret = re.compile(rf"({'|'.join(map(re.escape, paths))})[^/\s\"?]+")

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        kept = self._secret.sub(r"\1…", said)
        if kept != said:
            record.msg, record.args = kept, None
        return True
