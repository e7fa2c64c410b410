"""What stands beside the sign panel: who stepped back, who signs instead, and what is asked."""

from datetime import datetime
from typing import Any

from governance.forms.gates import ReasonForm
from governance.queries.recusals import substitute_of
from governance.queries.review_page import ReviewPage
from governance.views.before_sponsor import before_sponsor
from people.http import Request


def beside_panel(request: Request, review: ReviewPage, at: datetime) -> dict[str, Any]:
    """Return what the sponsor decides, and the forms for who steps back and who names another."""
    round_, authority = review.round, request.authority
    found = before_sponsor(request, review, at)
    if not round_.is_in_review:
        return found
    if authority.key_side is not None and not review.has_recused:
        found["recuse_form"] = ReasonForm(auto_id="id_recuse-%s")
    sides = {one.side for one in review.recusals}
    found["substitutes"] = {side: substitute_of(round_, side, at) for side in sides}
    if authority.is_sponsor:
        found["unfilled"] = [one for one in review.recusals if not found["substitutes"][one.side]]
    return found
