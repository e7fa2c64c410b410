import subprocess
import sys

from launcher.claims import Claim
from launcher.places import ROOT

HOLD = """
import sys
from pathlib import Path
from launcher.claims import Claim
Claim(Path(sys.argv[1])).take(command="run", address="http://127.0.0.1:8000/")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_claim_is_taken_once(tmp_path):
    first, second = Claim(tmp_path / "run.lock"), Claim(tmp_path / "run.lock")

    assert first.take(command="run", address="http://127.0.0.1:8123/")
    assert not second.take(command="run")
    assert second.holder()["address"] == "http://127.0.0.1:8123/"


def test_a_released_claim_can_be_taken_again(tmp_path):
    first, second = Claim(tmp_path / "run.lock"), Claim(tmp_path / "run.lock")
    first.take(command="run")

    first.release()

    assert second.holder() == {}
    assert second.take(command="run")


def test_a_killed_holder_holds_nothing(tmp_path):
    path = tmp_path / "run.lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        assert not Claim(path).take(command="run")

        other.kill()
        other.wait()

    assert Claim(path).take(command="run")


def test_an_unreadable_note_is_nobody(tmp_path):
    (tmp_path / "run.lock").write_text("half a wor")

    assert Claim(tmp_path / "run.lock").holder() == {}
