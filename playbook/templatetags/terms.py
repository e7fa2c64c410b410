"""{% term "hard_stop" %}: a word with its explanation in place, also without JavaScript."""

from typing import Any

from django.template import Library
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from playbook.glossary import terms

register = Library()


@register.simple_tag(takes_context=True)
def term(context: Context, key: str, words: str = "") -> SafeString:
    """Print the word as a button that opens its explanation, the first time on a page.

    `words` stand on the page in place of the term's name.

    :raises KeyError: for a word that the glossary does not have: a mistake in a template.
    """
    meant = terms()[key]
    shown = words or meant.name
    told = _told(context)
    if key in told:
        return format_html("{}", shown)
    told.add(key)
    return format_html(
        '<button type="button" class="term" popovertarget="term-{}">{}</button>'
        '<span id="term-{}" popover role="note"><b>{}.</b> {}'
        ' <a href="{}#{}">All words</a></span>',
        *(meant.anchor, shown, meant.anchor, meant.name, meant.says),
        *(reverse("governance:glossary-list"), meant.anchor),
    )


def _told(context: Context) -> set[str]:
    """Return which words this page has explained already; a part without a request has none."""
    request: Any = getattr(context, "request", None)
    return set() if request is None else vars(request).setdefault("terms_told", set())
