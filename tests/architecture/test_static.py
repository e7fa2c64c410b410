"""Static files as production serves them: hashed, compressed, none missing."""

import json
from pathlib import Path

from django.core.management import call_command
from django.template.loader import render_to_string

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


def test_static_files_are_collected_hashed_and_linked(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = STORAGES

    call_command("collectstatic", interactive=False, verbosity=0)

    manifest = json.loads(Path(tmp_path, "staticfiles.json").read_text())["paths"]
    head = render_to_string("components/head.html", {"theme": ""})
    for name in ("css/tokens.css", "css/print.css", "img/icon.svg"):
        assert manifest[name] != name
        assert f"/static/{manifest[name]}" in head
    assert Path(tmp_path, manifest["css/components.css"] + ".gz").is_file()
    assert "django_htmx/htmx-2.min.js" in manifest
