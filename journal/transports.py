"""The only way out: one e-mail. A folder stands in for a mail server where none is set."""

from django.conf import settings
from django.core.mail import EmailMessage


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
