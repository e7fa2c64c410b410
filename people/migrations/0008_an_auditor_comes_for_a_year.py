from datetime import timedelta

from django.db import migrations
from django.db.models import F
from django.utils import timezone

YEAR = timedelta(days=366)


def end_open_terms(apps, schema_editor):
    """Let auditors who were appointed without an end go on for a year from today at most."""
    terms = apps.get_model("people", "OfficeTerm").objects.filter(office="auditor")
    today = timezone.now()
    late = terms.filter(ends_at=None) | terms.filter(ends_at__gt=F("starts_at") + YEAR)
    for term in late:
        term.ends_at = max(term.starts_at + YEAR, min(today + YEAR, term.ends_at or today + YEAR))
        term.save(update_fields=["ends_at"])


class Migration(migrations.Migration):
    dependencies = [("people", "0007_a_key_is_held_acting_or_as_counter_signer")]

    operations = [migrations.RunPython(end_open_terms, migrations.RunPython.noop)]
