"""config.settings with what tests need: a cheap hasher, mail in memory, plain static files."""

import os
import tempfile
from pathlib import Path

from config.settings import *  # noqa: F403  # the tests run on the product's own settings
from config.settings import CACHES, DATABASES, REDIS_URL, STORAGES

DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE_NAME", "test_counterpart")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Each worker of pytest -n has its own database; so it has its own of Valkey's sixteen.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_URL = CACHES["default"]["LOCATION"] = f"{REDIS_URL.rpartition('/')[0]}/{WORKER % 16}"
CELERY_BROKER_URL = REDIS_URL
RUNTIME_ROLE = ""  # set for the session by tests/conftest.py
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
CAPTURE_LINKS = False  # no test asks the world outside
EVIDENCE_ROOT = Path(tempfile.mkdtemp(prefix="counterpart-evidence-"))
# Django's live server hands out files under MEDIA_URL; left empty, those of the working directory.
MEDIA_URL = "nothing-is-served-here/"
