"""The playbook as delivered, for the rules that judge by it."""

import pytest

from playbook import load
from playbook.playbooks import Playbook


@pytest.fixture(scope="session")
def playbook() -> Playbook:
    return load.files()
