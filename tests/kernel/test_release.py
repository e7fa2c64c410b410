"""The fingerprint of what a process serves."""

import pytest

from kernel.release import fingerprint, release


@pytest.fixture
def root(tmp_path):
    """A product of one app, its template, its style sheet and its lock."""
    for name in (
        "app/__init__.py",
        "app/views.py",
        "templates/app/list.html",
        "static/css/app.css",
        "requirements.txt",
        "var/mail.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


@pytest.mark.parametrize(
    "name",
    ["app/views.py", "templates/app/list.html", "static/css/app.css", "requirements.txt"],
)
def test_it_changes_with_whatever_a_page_is_made_of(root, name):
    before = fingerprint(root)

    (root / name).write_text("changed")

    assert fingerprint(root) != before


def test_it_changes_with_what_comes_and_what_is_renamed(root):
    before = fingerprint(root)
    (root / "app/forms.py").write_text("")
    added = fingerprint(root)
    (root / "app/forms.py").rename(root / "app/queries.py")

    assert len({before, added, fingerprint(root)}) == 3


def test_it_stays_while_only_what_is_stored_changes(root):
    before = fingerprint(root)

    (root / "var/mail.txt").write_text("another")

    assert fingerprint(root) == before


def test_the_process_has_one():
    assert len(release()) == 64
