"""Which tags there are, and who may sort an initiative by them."""

from initiatives.models import Initiative
from initiatives.queries.memberships import part_of
from initiatives.rules.tags import SortingFacts
from people.rules import Authority


def every_tag() -> list[str]:
    """Return every tag that is used, as it was first spelled."""
    rows = Initiative.objects.exclude(tags=[]).order_by("number").values_list("tags", flat=True)
    return list(dict.fromkeys(tag for tags in rows for tag in tags))


def sorting_facts(initiative: Initiative, authority: Authority) -> SortingFacts:
    """Collect what the sorting rule needs to know of a person."""
    part = part_of(initiative, authority)
    return SortingFacts(
        is_on_a_side=part.side is not None, is_administrator=authority.is_administrator
    )


def may_sort_some(authority: Authority) -> bool:
    """Tell whether there may be rows that this person sorts: their own, or by their office."""
    is_officer = authority.key_side is not None or authority.is_administrator
    return is_officer or not authority.reads_everything
