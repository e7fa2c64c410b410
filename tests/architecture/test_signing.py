"""I12: nobody signs but a person at the signing page. No task, command, token or administrator.

The ceremony alone makes a presence, one operation alone writes a signature, and one view alone
asks for the passkey or the password; the demonstration does it with the passwords of the people
it made up.
"""

import ast

import pytest
from django.conf import settings

from tests.architecture.tree import PACKAGES, ROOT, imported, parsed, short, sources

CEREMONY = "governance.operations.ceremony"
MAY_PROVE = {"governance/views/signing.py", "demonstration/signing.py"}
MAY_SIGN = {
    *MAY_PROVE,
    "governance/operations/signatures.py",
    "governance/operations/refusals.py",
    # The sponsor, for no side, where the two do not agree (T16).
    "governance/operations/resolutions.py",
}
ACTS = {
    "governance.operations.signatures": {"sign_gate", "_sign", "add_signature"},
    "governance.operations.refusals": {"decline_gate", "_decline"},
}
PRODUCT = (*PACKAGES, "demonstration", "launcher")


def product(root=ROOT):
    return [path for path in sources(*PRODUCT, root=root) if path.exists()]


def who_proves(root=ROOT):
    """Name every file that can reach `prove`: by name, or through its module."""
    for path in product(root):
        names = {name for name, _ in imported(parsed(path))}
        ways = {f"{CEREMONY}.{name}" for name in ("prove", "prove_by_passkey", "*", "_MAKER")}
        if names & {*ways, CEREMONY}:
            yield short(path, root)


def who_signs(root=ROOT):
    """Name every file that can reach an act of signing."""
    reach = {f"{module}.{name}" for module, names in ACTS.items() for name in {*names, "*"}}
    for path in product(root):
        names = {name for name, _ in imported(parsed(path))}
        if names & {*reach, *ACTS}:
            yield short(path, root)


def who_makes(thing, root=ROOT):
    """Name every file that makes a `thing`: Thing(…), Thing.objects.create(…) and its like."""
    for path in product(root):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and makes(node, thing):
                yield short(path, root)


def makes(call, thing):
    words = ast.unparse(call.func).split(".")
    made = {"create", "bulk_create", "get_or_create", "update_or_create"}
    return words[-1] == thing or (thing in words[:-1] and words[-1] in made)


def test_one_page_proves_who_is_there():
    assert set(who_proves()) <= MAY_PROVE
    assert "governance/views/signing.py" in set(who_proves())


def test_no_task_command_or_other_page_reaches_a_signature():
    assert set(who_signs()) <= MAY_SIGN
    assert "governance/views/signing.py" in set(who_signs())


@pytest.mark.parametrize(
    ("thing", "places"),
    [
        ("Presence", {"governance/operations/ceremony.py"}),
        ("Signature", {"governance/operations/signatures.py"}),
        ("Passage", {"governance/operations/passing.py"}),
        (
            "Intent",
            {"governance/operations/ceremony.py", "governance/operations/resolutions.py"},
        ),
    ],
)
def test_each_is_made_in_one_place(thing, places):
    assert set(who_makes(thing)) == places


def test_there_is_no_back_door_of_an_administrator_or_a_token():
    doors = (
        "django.contrib.admin",
        "rest_framework",
        "rest_framework.authtoken",
        "oauth2_provider",
    )

    assert not set(doors) & set(settings.INSTALLED_APPS)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("governance/tasks.py", f"from {CEREMONY} import prove"),
        ("journal/tasks.py", f"import {CEREMONY}"),
        ("people/management/commands/sign.py", "from governance.operations import ceremony"),
        ("launcher/signing.py", "from governance.operations.signatures import sign_gate"),
        ("config/api.py", "from governance.operations import signatures"),
        ("governance/views/admin.py", "Signature.objects.create(side='people')"),
        ("governance/views/admin.py", "signatures = [Signature(side='people')]"),
    ],
)
def test_a_second_way_is_found(tmp_path, place, line):
    path = tmp_path / place
    path.parent.mkdir(parents=True)
    path.write_text(line, encoding="utf-8")

    found = {*who_proves(tmp_path), *who_signs(tmp_path), *who_makes("Signature", tmp_path)}

    assert found == {place}
