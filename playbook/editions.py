"""The adopted editions, built once per process and found by digest."""

from functools import lru_cache

from django.db.models import QuerySet

from kernel.canonical import digest as digest_of
from kernel.compiled import compiled
from playbook.load import from_bytes
from playbook.models import PlaybookEdition
from playbook.playbooks import Playbook
from playbook.shapes import PlaybookError

KEPT = 32


class NoEditionError(LookupError):
    """No edition was adopted yet: the organisation is not founded."""


def current() -> Playbook:
    """Return the edition in force: one small query, and no more once it was read.

    :raises NoEditionError: before the first adoption.
    """
    return edition(current_digest())


def current_digest() -> str:
    """Return the digest of the edition in force.

    :raises NoEditionError: before the first adoption.
    """
    for newest in _newest():
        return newest
    raise NoEditionError("No edition of the playbook was adopted yet: run found.")


@compiled
def _newest() -> QuerySet[PlaybookEdition, str]:
    return PlaybookEdition.objects.order_by("-number").values_list("digest", flat=True)[:1]


@lru_cache(maxsize=KEPT)
def edition(digest: str) -> Playbook:
    """Return an adopted edition by its digest.

    :raises NoEditionError: when it was never adopted here.
    :raises PlaybookError: when the stored bytes are not those of the digest.
    """
    stored = PlaybookEdition.objects.filter(digest=digest).values_list("bytes", flat=True).first()
    if stored is None:
        raise NoEditionError(f"The edition {digest} was never adopted here.")
    data = bytes(stored)
    if digest_of(data) != digest:
        raise PlaybookError("edition", 0, f"the stored bytes are not those of {digest}")
    return from_bytes(data)
