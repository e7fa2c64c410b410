"""A random sample of decisions with their proofs, for whoever checks some and not all."""

from secrets import token_hex

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from governance.forms.samples import SampleForm
from governance.operations.exports import SampleRefusedError, export_sample
from governance.queries.exports import last_entry
from governance.queries.samples import sample_archive
from journal.clock import now
from kernel.pages import page
from kernel.refusals import Blocker, ForbiddenError
from people.forms.refusals import add_blockers
from people.http import Request, posted

ONLY_OFFICES = Blocker("not_yours", "Only office holders may take the record.")
USUAL_SIZE = 10


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def record_sample(request: Request) -> HttpResponse:
    if not request.authority.reads_everything:
        raise ForbiddenError(ONLY_OFFICES)
    first = {"size": USUAL_SIZE, "seed": token_hex(8), "until": last_entry()}
    form = SampleForm(posted(request), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            sample = export_sample(**form.cleaned_data, actor=request.user, at=now())
        except SampleRefusedError as refusal:
            add_blockers(form, refusal)
        else:
            name = f"sample-{sample.seed}-{sample.until}.zip"
            return HttpResponse(
                sample_archive(sample),
                content_type="application/zip",
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
    status = 422 if form.errors else 200
    return page(request, "governance/record/sample.html", {"form": form}, status=status)
