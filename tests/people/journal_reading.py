"""What the journal holds, for assertions."""

from journal.models import Entry


def last_entry():
    return Entry.objects.select_related("private").latest("seq")


def kinds_since(seq):
    return [*Entry.objects.filter(seq__gt=seq).order_by("seq").values_list("kind", flat=True)]
