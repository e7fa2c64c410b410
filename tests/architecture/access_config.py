"""Who may open what belongs to no app."""

from tests.architecture.access import EVERYBODY, Row

ROWS = (Row("health", "GET", EVERYBODY.format("200")),)
