"""The two floors that every page is measured against."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kernel.pages import page

BODY = "body.html"  # written into the bench's folder by bench.steps
SIZE = 20_000


def bare(_request: HttpRequest) -> HttpResponse:
    """S: a template of 20 kB, without session or middleware."""
    return HttpResponse(render_to_string(BODY))


@login_required
def framed(request: HttpRequest) -> HttpResponse:
    """A20: the product's frame around the same 20 kB, signed in, through all middleware."""
    return page(request, "bench/framed.html")


def write_body() -> str:
    """Return a template of 20 kB of plain paragraphs."""
    paragraph = f"<p>{'The two halves of one decision. ' * 6}</p>\n"
    return (paragraph * (SIZE // len(paragraph) + 1))[:SIZE]
