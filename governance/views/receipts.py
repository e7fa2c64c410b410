"""Receipts: a decision as a certificate, as a file, and the two programs that check the file."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_safe

from governance.choices import RoundState
from governance.queries.certificates import certificate_of
from governance.queries.gate_page import GateRounds
from governance.queries.passages import passage_page
from governance.queries.receipts import receipt_of
from journal.clock import now
from kernel.pages import page
from kernel.refusals import NotVisibleError
from people.http import Request

VERIFIERS = {"verify.html": "text/html; charset=utf-8", "verify_receipt.py": "text/x-python"}


@login_required
@require_safe
def receipt_detail(request: Request, pk: int) -> HttpResponse:
    found = _passed(request, pk)
    context = {
        "found": passage_page(found, now()),
        "certificate": certificate_of(found.round.passage),
    }
    return page(request, "governance/receipts/detail.html", context)


@login_required
@require_safe
def receipt_file(request: Request, pk: int) -> HttpResponse:
    """Hand out the receipt itself, which verifies without this server."""
    found = _passed(request, pk)
    name = f"receipt-{found.initiative.code}-gate-{found.round.gate}-round-{found.round.n}.json"
    return HttpResponse(
        receipt_of(found.round.passage),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def verifier_file(_: Request, name: str) -> FileResponse:
    """Hand out a verifier to whoever was given a receipt: it needs no account, and no network."""
    if name not in VERIFIERS:
        raise NotVisibleError
    path = settings.BASE_DIR / "receipts" / name
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=VERIFIERS[name]
    )


def _passed(request: Request, pk: int) -> GateRounds:
    found = GateRounds(pk, request.authority)
    if found.round.state != RoundState.PASSED:
        raise NotVisibleError
    return found
