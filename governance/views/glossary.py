"""The words of the product, each with an address of its own."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from kernel.pages import page
from people.http import Request
from playbook.glossary import glossary, terms


@login_required
@require_safe
def glossary_list(request: Request) -> HttpResponse:
    context = {"groups": glossary(), "total": len(terms())}
    return page(request, "governance/glossary/list.html", context)
