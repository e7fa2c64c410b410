"""Migrations are named, linear, and know no code but Django's."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.architecture.tree import APPS, PACKAGES, ROOT, imported, parsed

NAMED = re.compile(r"^\d{4}_[a-z][a-z0-9_]*$")
FILES = sorted(
    path for app in APPS for path in (ROOT / app).glob("migrations/*.py") if path.stem != "__init__"
)


def foreign_imports(path):
    """Yield what ties an old migration to code that will change."""
    for name, line in imported(parsed(path)):
        if name.lstrip(".").split(".")[0] in PACKAGES or name.startswith("."):
            yield f"{path.name}:{line} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_migration_has_a_name_and_imports_no_code_of_ours(path):
    assert NAMED.match(path.stem)
    assert "_auto_" not in path.stem
    assert [*foreign_imports(path)] == []


def test_migrations_of_an_app_stand_in_one_line():
    graph = MigrationLoader(None, ignore_no_migrations=True).graph

    for app in {path.parts[-3] for path in FILES}:
        assert len(graph.leaf_nodes(app)) == 1, app
        own = [key for key in graph.nodes if key[0] == app]
        for key in own:
            parents = [node.key for node in graph.node_map[key].parents if node.key[0] == app]
            assert len(parents) == (0 if key[1].startswith("0001") else 1), key
        assert sorted(int(name[:4]) for _, name in own) == [*range(1, len(own) + 1)]


def test_no_model_has_changed_without_a_migration(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_test_database_came_about_by_migrations_alone(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations WHERE app = ANY(%s)", [APPS])
        assert cursor.fetchone() == (len(FILES),)


def test_an_import_of_our_own_code_is_named(tmp_path):
    path = tmp_path / "0002_wrong.py"
    path.write_text("from journal.models import Entry\nfrom django.db import migrations\n")

    assert [*foreign_imports(path)] == ["0002_wrong.py:1 imports journal.models.Entry"]
