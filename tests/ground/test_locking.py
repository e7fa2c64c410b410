import pytest

from launcher import locking

TABLES = {"requires-python": ">=3.11", "runtime": ["django"], "embedded": ["valkey"], "dev": []}
GOOD = """django==5.2.19 ; sys_platform == 'win32' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via
    #   -r pyproject.toml
coverage[toml]==7 \\
    --hash=sha256:cc
"""


def locked(text, name="runtime"):
    return f"{locking.HEADER}{locking.digest_of(name, TABLES)}\n{text}"


def test_a_good_lock_has_no_complaints():
    assert locking.complaints("runtime", locked(GOOD), TABLES) == []


@pytest.mark.parametrize(
    "line",
    [
        "django @ https://example.org/django.whl",
        "--index-url https://example.org/simple",
        "--extra-index-url=somewhere",
        "-i somewhere",
        "--find-links wheels",
        "-f wheels",
        "--trusted-host example.org",
        "-e .",
        "/opt/wheels/django.whl",
        "django @ /opt/wheels/django.whl",
        "C:\\wheels\\django.whl",
        "django==5.2.19",
    ],
)
def test_a_host_a_path_an_option_or_a_pin_without_hash_is_named(line):
    assert locking.complaints("runtime", locked(f"{GOOD}{line}\n"), TABLES)


def test_a_lock_of_other_tables_is_out_of_date():
    other = {**TABLES, "runtime": ["django", "celery"]}

    [complaint] = locking.complaints("runtime", locked(GOOD), other)

    assert "./dev lock" in complaint


def test_a_development_dependency_leaves_the_smaller_locks_alone():
    other = {**TABLES, "dev": ["ruff"]}

    assert locking.digest_of("runtime", other) == locking.digest_of("runtime", TABLES)
    assert locking.digest_of("embedded", other) == locking.digest_of("embedded", TABLES)
    assert locking.digest_of("dev", other) != locking.digest_of("dev", TABLES)


def test_the_three_locks_are_what_pyproject_asks_for():
    assert locking.guard() == []
