"""What the archive's rule needs to know."""

from governance.choices import OPEN_STATES, RoundState
from governance.models import Round
from governance.rules.archives import ArchiveFacts
from initiatives.models import Initiative
from initiatives.queries.memberships import part_of
from people.rules import Authority


def archive_facts(initiative: Initiative, authority: Authority) -> ArchiveFacts:
    """Collect what is known of one initiative and one person. Two queries."""
    states = set(Round.objects.filter(initiative=initiative).values_list("state", flat=True))
    part = part_of(initiative, authority)
    return ArchiveFacts(
        may_archive=part.leads_side or authority.is_administrator,
        is_archived=initiative.archived_at is not None,
        has_passed_gate=RoundState.PASSED in states,
        has_open_round=not states.isdisjoint(OPEN_STATES),
    )
