"""The glossary: whole, in the words of docs/domain.md, and refused when it is wrong."""

import re

import pytest
from django.conf import settings
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from playbook.glossary import FILE, glossary, read, terms
from playbook.shapes import PlaybookError
from tests.architecture.tree import ROOT

ONE = """
groups:
  - title: People
    terms:
      - key: side
        name: Side
        says: Technology or People.
"""
BOLD = re.compile(r"\*\*([^*]+)\*\*")
USED = re.compile(r"{% term \"([a-z_]+)\"")


def test_every_word_stands_in_the_vocabulary_of_the_code():
    known = {word.lower() for word in BOLD.findall((ROOT / "docs" / "domain.md").read_text())}

    assert sorted({term.name.lower() for term in terms().values()} - known) == []


def test_every_word_that_a_page_explains_is_there():
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    used = {key for path in templates for key in USED.findall(path.read_text())}

    assert used
    assert used - terms().keys() == set()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("", "the file is empty"),
        ("groups: []", "is empty"),
        (ONE.replace("says: Technology or People.", "says: technology"), "no sentence"),
        (ONE.replace("        name: Side\n", ""), "the key “name” is missing"),
        (ONE.replace("key: side", "key: Side!"), "is no key"),
        (ONE.replace("Technology or People.", "X" + "x" * 300 + "."), "longer than 240"),
        (ONE + ONE.partition("groups:\n")[2], "stands here twice"),
        (ONE + ONE.partition("groups:\n")[2].replace("key: side", "key: other"), "name “Side”"),
        (ONE + "more: 1\n", "not known here"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(wrong, reason):
    with pytest.raises(PlaybookError, match=reason):
        read(wrong.encode())


def test_the_file_of_the_product_is_right():
    assert read(FILE.read_bytes()) == glossary()
    assert len({term.anchor for term in terms().values()}) == len(terms())


def test_a_word_explains_itself_once_a_page():
    template = Template('{% term "hard_stop" %} and {% term "hard_stop" "again" %}')
    html = template.render(RequestContext(RequestFactory().get("/")))

    assert html.count("popovertarget") == 1
    assert 'id="term-hard-stop" popover' in html
    assert 'href="/glossary/#hard-stop"' in html
    assert html.endswith(" and again")


def test_without_a_request_each_word_explains_itself():
    assert "popover" in Template('{% term "must" %}').render(Context())


def test_a_word_that_is_not_there_is_a_mistake_in_the_template():
    with pytest.raises(KeyError):
        Template('{% term "nothing" %}').render(Context())
