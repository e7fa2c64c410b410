"""Templates and static files keep the strict policy, stay small, and hide nothing."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
LINES = 150
FORBIDDEN = {
    r"\sstyle=": "an inline style",
    r"<style": "a style element",
    r"<script(?![^>]*\ssrc=)": "an inline script",
    r"<[^>]*\son[a-z]+=": "an inline handler",
    r"\shx-on": "an htmx inline handler",
    r"javascript:": "a script address",
    r"\|\s*safe\b": "unescaped output",
    r"autoescape\s+off": "unescaped output",
    r"https?://(?!www\.w3\.org)": "another site",
}


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("template", TEMPLATES, ids=ids)
def test_a_template_stays_short(template):
    assert len(template.read_text().splitlines()) <= LINES


@pytest.mark.parametrize("template", TEMPLATES, ids=ids)
def test_a_template_keeps_the_strict_policy(template):
    text = template.read_text()

    found = [what for pattern, what in FORBIDDEN.items() if re.search(pattern, text, re.IGNORECASE)]

    assert found == []


@pytest.mark.parametrize("template", TEMPLATES, ids=ids)
def test_an_included_component_sees_only_what_it_is_given(template):
    includes = re.findall(r"{%\s*include\s+([^%]*)%}", template.read_text())

    assert [include for include in includes if include.split()[-1] != "only"] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=ids)
def test_a_page_that_posts_carries_its_token(template):
    forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", template.read_text(), re.DOTALL)

    assert [form[:80] for form in forms if "csrf" not in form] == []


@pytest.mark.parametrize("style", STYLES, ids=ids)
def test_a_style_sheet_loads_nothing(style):
    text = style.read_text()

    assert "url(" not in text
    assert "@import" not in text
    assert re.search(r"@layer (reset|tokens|base|layout|components|charts|pages|print)\b", text)


def test_every_class_we_style_is_used_or_drawn_somewhere():
    """A rule for a class that nothing shows is dead; it goes."""
    shown = "\n".join(
        path.read_text()
        for folder in ("templates", "kernel", "static/js", "people", "initiatives", "governance")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".html", ".py", ".js"}
    )

    dead = {name for name in styled() if not re.search(rf"(?<![\w-]){name}(?![\w-])", shown)}

    assert sorted(dead - COMPOSED) == []


# Names put together as they are drawn: is-{{ state }}, seam-{v,h} and the like; htmx's own.
COMPOSED = {
    *("is-cond", "is-declined", "is-open", "is-stale", "cut-h", "cut-v", "seam-h", "seam-v"),
    *("htmx-indicator", "htmx-request"),
}


def styled():
    """Return every class that a style sheet names in a selector."""
    text = "\n".join(
        re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.DOTALL) for style in STYLES
    )
    selectors = "\n".join(re.findall(r"([^{};]+)\{", text))
    return set(re.findall(r"\.([a-z][\w-]*)", selectors))


def test_the_script_stays_under_a_hundred_lines():
    script = (ROOT / "static" / "js" / "app.js").read_text()

    assert len(script.splitlines()) < 100
    assert not re.search(r"\beval\(|innerHTML|document\.write|new Function", script)
