import pytest

from launcher import running, testing
from launcher.claims import Claim
from launcher.main import COMMANDS, USAGE
from launcher.say import StopError


@pytest.mark.parametrize(
    ("arguments", "env", "expected"),
    [
        ([], {}, (8000, True)),
        ([], {"PORT": "8123"}, (8123, True)),
        (["--port", "9000"], {"PORT": "8123"}, (9000, True)),
        (["--port=9000", "--empty"], {}, (9000, False)),
    ],
)
def test_the_port_comes_from_the_option_then_the_environment(arguments, env, expected):
    assert running.read_options(arguments, env) == expected


@pytest.mark.parametrize(
    "arguments", [["--port"], ["--port", "x"], ["--port", "0"], ["--port", "65536"], ["--prot=1"]]
)
def test_a_wrong_option_is_refused_with_the_way_out(arguments):
    with pytest.raises(StopError, match=r"port"):
        running.read_options(arguments, {})


def test_a_busy_port_names_another_one():
    assert "--port 8001" in running.busy(8000)


def test_a_second_run_says_where_the_first_one_is(tmp_path):
    first = Claim(tmp_path / "run.lock")
    first.take(command="run", address="http://127.0.0.1:8123/")

    with pytest.raises(StopError, match=r"already running at http://127.0.0.1:8123/"):
        running.take_claim("http://127.0.0.1:8124/", Claim(tmp_path / "run.lock"))


def test_a_run_waits_for_a_manage_command(tmp_path):
    first = Claim(tmp_path / "run.lock")
    first.take(command="manage")

    with pytest.raises(StopError, match=r"./dev manage \(process \d+\) is using the servers"):
        running.take_claim("http://127.0.0.1:8124/", Claim(tmp_path / "run.lock"))


@pytest.mark.parametrize(
    ("arguments", "wanted", "rest"),
    [
        ([], "embedded", []),
        (["-k", "word"], "embedded", ["-k", "word"]),
        (["--postgres", "15", "-x"], "15", ["-x"]),
        (["-x", "--postgres=16"], "16", ["-x"]),
    ],
)
def test_what_is_not_ours_is_pytests(arguments, wanted, rest):
    assert testing.read_options(arguments) == (wanted, rest)


@pytest.mark.parametrize("arguments", [["--postgres"], ["--postgres", "new"], ["--postgres="]])
def test_a_version_of_postgresql_is_a_number(arguments):
    with pytest.raises(StopError, match=r"--postgres 15"):
        testing.read_options(arguments)


def test_a_version_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(StopError, match=r"apt install postgresql-9"):
        testing.debian_programs("9")


def test_every_command_is_explained():
    assert all(f"./dev {name} " in USAGE for name in COMMANDS)
