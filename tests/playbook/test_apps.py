import os
import subprocess
import sys

from django.conf import settings


def test_a_wrong_file_stops_the_program_with_file_line_and_reason(folder, edit):
    line = edit("reasons.yaml", "code: other", "code: fairness")

    started = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "PLAYBOOK_ROOT": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert started.returncode != 0
    assert f"The playbook is wrong. reasons.yaml:{line}: " in started.stderr
