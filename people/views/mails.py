"""The mails that no mail server took: kept in a folder, shown to administrators."""

import re
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from journal.queries import installation
from journal.transports import keeps_mails, kept_mails
from kernel.pages import page
from kernel.refusals import NotVisibleError
from people.http import Request, must_keep

SHOWN = 50
PERSONAL = re.compile(r"(/new-password/)[^/\s]+")


@login_required
@require_safe
def mail_list(request: Request) -> HttpResponse:
    must_keep(request)
    if not keeps_mails():
        raise NotVisibleError
    ours, mails = installation(), kept_mails(SHOWN)
    is_demo = bool(ours and ours.is_demo)
    if not is_demo:  # it opens somebody's own login to whoever reads it
        mails = [replace(mail, body=PERSONAL.sub(r"\1…", mail.body)) for mail in mails]
    context = {"mails": mails, "most": SHOWN, "is_demo": is_demo}
    return page(request, "people/mails/list.html", context)
