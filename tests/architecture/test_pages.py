"""One word ties address, view, template and part together."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
APPS = ("people", "initiatives", "governance")
FRAMES = {"base.html", "bare.html"}


class Call(NamedTuple):
    view: str
    template: str
    parts: tuple[str, ...]


def views() -> Iterator[Path]:
    for app in APPS:
        yield from (ROOT / app).glob("views*.py")
        yield from (ROOT / app).glob("views/*.py")


def calls() -> list[Call]:
    """Every page() call of every view, read from the source."""
    return [
        Call(f"{path.relative_to(ROOT)}:{node.lineno}", *_said(node, _constants(tree)))
        for path in views()
        for tree in [ast.parse(path.read_text())]
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "page"
    ]


def _constants(tree: ast.Module) -> dict[str, ast.expr]:
    return {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _said(node: ast.Call, constants: dict[str, ast.expr]) -> tuple[str, tuple[str, ...]]:
    def value(expression: ast.expr) -> object:
        if isinstance(expression, ast.Name) and expression.id in constants:
            expression = constants[expression.id]
        try:
            return ast.literal_eval(expression)
        except ValueError:
            return ""

    parts = next((value(word.value) for word in node.keywords if word.arg == "parts"), ())
    return str(value(node.args[1])), tuple(parts)


def template(name: str) -> str:
    return (ROOT / "templates" / name).read_text()


def with_pieces(name: str) -> str:
    """The template and everything it includes, in one text."""
    text = template(name)
    pieces = re.findall(r'include "([^"]+)"', text)
    return "\n".join([text, *(with_pieces(piece) for piece in pieces if piece != name)])


@pytest.mark.parametrize("call", calls(), ids=lambda call: call.view)
def test_a_view_shows_a_template_that_is_there(call):
    assert (ROOT / "templates" / call.template).is_file()


@pytest.mark.parametrize("call", calls(), ids=lambda call: call.view)
def test_each_part_is_an_element_of_its_page(call):
    text = with_pieces(call.template)

    for part in call.parts:
        assert re.search(rf"partialdef {part}\b", text), part
        assert f'id="{part}"' in text, part


def test_every_page_is_shown_by_some_view():
    shown = {call.template for call in calls()}
    source = "\n".join(path.read_text() for path in views())
    pages = {
        str(path.relative_to(ROOT / "templates"))
        for app in APPS
        for path in (ROOT / "templates" / app).rglob("*.html")
        if "emails" not in path.parts
    }
    pieces = set(re.findall(r'(?:include|extends) "([^"]+)"', "\n".join(map(template, pages))))

    unused = {page for page in pages - shown - pieces if f'"{page}"' not in source}

    assert sorted(unused) == []


def test_address_and_view_share_one_word():
    crossed = [
        f"{app}:{pattern.name} -> {pattern.callback.__name__}"
        for app, pattern in addresses()
        if app in APPS and pattern.name != pattern.callback.__name__.replace("_", "-")
    ]

    assert crossed == []


def test_every_htmx_target_is_on_its_page():
    lost = []
    for path in (ROOT / "templates").rglob("*.html"):
        page = "\n".join(piece.read_text() for piece in path.parent.glob("*.html"))
        lost += [
            f"{path.name}: #{target}"
            for target in re.findall(r'hx-target="#([\w-]+)"', path.read_text())
            if f'id="{target}"' not in page
        ]

    assert lost == []


def test_every_page_stands_in_a_frame():
    frameless = [
        call.template
        for call in calls()
        if not FRAMES & set(re.findall(r'{% extends "([^"]+)" %}', template(call.template)))
    ]

    assert frameless == []


def addresses(
    resolver: URLResolver | None = None, app: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield app, entry
        else:
            yield from addresses(entry, entry.app_name or entry.namespace or app)
