"""What a web process loads before its first answer: a start that waits for nobody's spreadsheet."""

import os
import subprocess
import sys

from tests.architecture.tree import ROOT

# Each a tenth of a second or more, and each for a few requests a day, or for none.
HEAVY = ("celery", "openpyxl", "django.contrib.admin")
SERVE = """
import sys
import config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(*sys.modules)
"""


def test_a_web_process_loads_nothing_heavy_that_few_requests_need():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}

    done = subprocess.run(
        [sys.executable, "-c", SERVE],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = done.stdout.split()
    assert "governance.views.gates" in loaded
    assert [name for name in HEAVY if name in loaded] == []
