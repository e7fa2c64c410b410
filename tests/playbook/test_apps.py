import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings as product
from django.core.exceptions import ImproperlyConfigured

from playbook import load


def test_a_wrong_file_stops_the_program_with_file_line_and_reason(folder, edit):
    line = edit("reasons.yaml", "code: other", "code: fairness")

    started = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=product.BASE_DIR,
        env={**os.environ, "PLAYBOOK_ROOT": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert started.returncode != 0
    assert f"The playbook is wrong. reasons.yaml:{line}: " in started.stderr


def test_the_app_does_not_get_ready_with_a_wrong_playbook(folder, edit, settings):
    line = edit("levels.yaml", "code: L1", "code: L0")
    settings.PLAYBOOK_ROOT = folder
    load.files.cache_clear()

    with pytest.raises(ImproperlyConfigured, match=rf"levels\.yaml:{line}: the level “L0”"):
        apps.get_app_config("playbook").ready()

    load.files.cache_clear()
