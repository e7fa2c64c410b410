"""The product's own settings, with the floor page beside its pages and passwords proved cheaply.

A password is hashed for a third of a second on purpose; the figures are about everything else.
"""

import os
from pathlib import Path

from config.settings import *  # noqa: F403  # the product as it is
from config.settings import TEMPLATES

FOLDER = Path(os.environ["BENCH_FOLDER"])
ROOT_URLCONF = "bench.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = FOLDER / "static"
EVIDENCE_ROOT = FOLDER / "evidence"
EMAIL_FILE_PATH = str(FOLDER / "mail")
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], Path(__file__).parent / "templates", FOLDER]
