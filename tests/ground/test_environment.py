import json

import pytest

from launcher import environment
from launcher.places import VAR

LOCK = """# ./dev lock wrote this from pyproject.toml 00
django==5.2.19 \\
    --hash=sha256:aa
coverage[toml]==7.17.3 \\
    --hash=sha256:bb
Some_Name.x==1.0 ; sys_platform == 'linux' \\
    --hash=sha256:cc
"""


def test_a_lock_names_its_packages_as_the_index_does():
    assert environment.pins(LOCK) == {"django", "coverage", "some-name-x"}


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("embedded", "", "embedded"),
        ("embedded", "dev", "dev"),
        ("dev", "embedded", "dev"),
        ("embedded", "nonsense", "embedded"),
    ],
)
def test_running_never_takes_away_what_testing_installed(one, other, both):
    assert environment.larger(one, other) == both


def test_bytecode_that_must_not_lie_beside_its_source_is_kept_elsewhere():
    unwanted = {"PYTHONDONTWRITEBYTECODE": "1"}
    chosen = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/elsewhere"}
    usual: dict[str, str] = {}
    for env in (unwanted, chosen, usual):
        environment.keep_bytecode(env)

    assert unwanted == {"PYTHONPYCACHEPREFIX": str(VAR / "bytecode")}
    assert chosen == {"PYTHONPYCACHEPREFIX": "/elsewhere"}
    assert usual == {}


def test_an_environment_without_a_stamp_counts_as_half_finished(tmp_path):
    assert environment.read_stamp(tmp_path / "missing.json") == {}


@pytest.mark.parametrize("text", ["", "{", "[]", '{"folder": "/somewhere/else"}'])
def test_a_broken_or_foreign_stamp_counts_as_half_finished(tmp_path, text):
    stamp = tmp_path / "stamp.json"
    stamp.write_text(text)

    assert environment.read_stamp(stamp) == {}


def test_a_stamp_of_this_very_lock_is_believed(tmp_path):
    stamp = tmp_path / "stamp.json"
    stamp.write_text(json.dumps(environment.stamp_of("dev")))

    assert environment.read_stamp(stamp) == environment.stamp_of("dev")


def test_each_set_has_a_stamp_of_its_own():
    stamps = [environment.stamp_of(name)["sha256"] for name in environment.LOCKS]

    assert len(set(stamps)) == len(environment.LOCKS)


def test_a_missing_venv_module_is_one_line_with_the_way_out():
    debian = "The virtual environment was not created because ensurepip is not available.\n"

    explained = environment.explain_venv(debian)

    assert "apt install python3-venv" in explained
    assert "\n" not in explained


def test_another_failure_of_venv_keeps_its_last_word():
    assert "No space left" in environment.explain_venv("one\nNo space left on device\n")
