"""A gate that waits for both signatures, and people at their browsers, while things break."""

import pytest
from django.test import Client

from tests.governance.views.conftest import as_, at_gate, confirm, decide, draft, lately, waiting

__all__ = ["as_", "at_gate", "confirm", "decide", "draft", "lately", "waiting"]


@pytest.fixture
def client() -> Client:
    """A browser: it is shown a page, whatever breaks."""
    return Client(raise_request_exception=False)
