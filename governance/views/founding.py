"""The first page of an installation: whose it is, and who sets up the rest."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from governance.operations.founding import found_organisation
from journal.clock import now
from journal.queries import installation
from kernel.pages import page
from kernel.refusals import NotVisibleError
from people.adapter import address_of, come_in
from people.forms.founding import FoundingForm
from people.forms.refusals import add_blockers
from people.http import posted
from people.operations.founding import check_founding_code
from people.operations.persons import PersonRefusedError

ASKED = ("organisation", "zone", "currency", "name", "title", "email", "password")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_found(request: HttpRequest) -> HttpResponse:
    if installation() is not None:
        raise NotVisibleError
    form = FoundingForm(posted(request), initial={"zone": "UTC"})
    if request.method == "POST" and form.is_valid():
        at = now()
        given = {key: value for key, value in form.cleaned_data.items() if key in ASKED}
        try:
            check_founding_code(code=form.cleaned_data["code"], address=address_of(request), at=at)
            administrator = found_organisation(**given, calendar=form.calendar, at=at)
        except PersonRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            return come_in(request, administrator)
    return page(
        request,
        "governance/organisations/found.html",
        {"form": form},
        status=422 if form.errors else 200,
    )
