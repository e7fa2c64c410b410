"""The mails that no mail server took: kept in a folder, shown to administrators."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from journal.transports import keeps_mails, kept_mails
from kernel.pages import page
from kernel.refusals import NotVisibleError
from people.http import Request, must_keep

SHOWN = 50


@login_required
@require_safe
def mail_list(request: Request) -> HttpResponse:
    must_keep(request)
    if not keeps_mails():
        raise NotVisibleError
    return page(request, "people/mails/list.html", {"mails": kept_mails(SHOWN), "most": SHOWN})
