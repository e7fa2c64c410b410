"""What stands beside the sign panel: who stepped back, who signs instead, and what is asked."""

from datetime import datetime
from typing import Any

from governance.choices import RoundState
from governance.forms.gates import ReasonForm
from governance.queries.recusals import places_in
from governance.queries.recused import has_declined
from governance.queries.review_page import ReviewPage
from governance.views.before_sponsor import before_sponsor
from people.http import Request


def beside_panel(request: Request, review: ReviewPage, at: datetime) -> dict[str, Any]:
    """Return what the sponsor decides, and the forms for who steps back and who names another."""
    round_, authority = review.round, request.authority
    found = before_sponsor(request, review, at)
    found["places"] = places_in(review.recusals, round_, at)
    side = authority.key_side
    may_leave = round_.is_in_review and side is not None and not review.has_recused
    # A no stands beside an open round only while the sponsor is asked.
    has_said_no = round_.state == RoundState.ESCALATED and has_declined(round_, str(side))
    if may_leave and not has_said_no:
        found["recuse_form"] = ReasonForm(auto_id="id_recuse-%s")
    return found
