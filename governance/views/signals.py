"""Between the two sides: what the record shows, for those who decide and those who check."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from governance.queries.signals import signals
from governance.rules.signals import reads_signals
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError
from people.choices import KEY_OFFICE
from people.http import Request
from playbook.editions import current

NOT_YOURS = Blocker(
    "not_yours", "Only the CIO, the CHRO, the sponsor, the committee and auditors read this page."
)


@login_required
@require_safe
def signal_list(request: Request) -> HttpResponse:
    if not reads_signals(request.authority.offices):
        raise ForbiddenError(NOT_YOURS)
    at = now()
    found = signals(current(), at)
    vacant = [(side, KEY_OFFICE[side]) for side in found.vacant]
    context = {"found": found, "vacant": vacant, "at": at, "who": request.authority}
    return page(request, "governance/signals/list.html", context)
