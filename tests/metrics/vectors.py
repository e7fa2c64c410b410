"""The exact cases that the rules of the scorecard must match."""

import json
from pathlib import Path

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
