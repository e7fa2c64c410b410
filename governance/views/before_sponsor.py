"""What stands on a gate's page while it is before the sponsor, and after."""

from datetime import datetime
from typing import Any

from governance.choices import RoundState
from governance.forms.stalemates import DissentForm, ResolveForm
from governance.queries.review_page import ReviewPage
from governance.queries.stalemates import stalemate_of
from people.http import Request


def before_sponsor(request: Request, review: ReviewPage, at: datetime) -> dict[str, Any]:
    """Return what is before the sponsor, with the forms for whoever may say something there."""
    is_sponsor = request.authority.is_sponsor
    found = stalemate_of(review.round, request.user, at, is_sponsor=is_sponsor)
    if found is None or review.round.state != RoundState.ESCALATED:
        return {"stalemate": found}
    forms: dict[str, Any] = {"stalemate": found}
    if review.side is not None and not found.has_stated(review.side):
        forms["dissent_form"] = DissentForm(auto_id="id_dissent-%s")
    if open_ways := [one.way for one in found.ways if not one.blockers]:
        seen = {"snapshot": review.text.fingerprint, "terms": review.offer.digest}
        forms["resolve_form"] = ResolveForm(ways=open_ways, initial=seen, auto_id="id_resolve-%s")
    return forms
