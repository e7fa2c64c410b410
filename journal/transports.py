"""The only way out: one e-mail. A folder stands in for a mail server where none is set."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Message
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage

FOLDER_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
BETWEEN_MAILS = b"-" * 79 + b"\n"  # Django's own line


@dataclass(frozen=True)
class KeptMail:
    """A mail in the folder, as its reader would see it."""

    to: str
    subject: str
    body: str
    at: datetime | None


def send_mail(*, to: str, subject: str, body: str, reference: str) -> None:
    """Send one plain e-mail. `reference` makes a repeated delivery recognisable.

    :raises OSError: when the server or folder cannot be reached; the debt stays open.
    """
    EmailMessage(
        subject=subject,
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"Message-ID": f"<{reference}@counterpart.invalid>"},
    ).send()


def keeps_mails() -> bool:
    """Tell whether mails go to a folder, because no mail server is set."""
    return bool(settings.EMAIL_BACKEND == FOLDER_BACKEND)


def kept_mails(most: int) -> list[KeptMail]:
    """Return the newest mails of the folder; none before the first was written."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=_written, reverse=True)
    return list(islice((mail for file in files for mail in _mails_of(file)), most))


def _mails_of(file: Path) -> Iterator[KeptMail]:
    """Yield the mails of one file, the newest first. What has no end yet is still being written."""
    *whole, _ = file.read_bytes().split(BETWEEN_MAILS)
    for piece in reversed(whole):
        message = message_from_bytes(piece, _class=Message, policy=policy.default)
        yield KeptMail(
            to=str(message["To"] or ""),
            subject=str(message["Subject"] or ""),
            body=str(message.get_content()).strip(),
            at=_sent(message["Date"]),
        )


def _sent(date: str | None) -> datetime | None:
    """Read when a mail was written; Django writes UTC without saying so."""
    return parsedate_to_datetime(str(date)).replace(tzinfo=UTC) if date else None


def _written(file: Path) -> int:
    return file.stat().st_mtime_ns
