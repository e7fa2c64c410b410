import base64
import stat

import pytest

from launcher import keys


def test_a_secret_is_made_once(tmp_path):
    first = keys.password("valkey", tmp_path / "secrets")

    assert keys.password("valkey", tmp_path / "secrets") == first
    assert len(first) == 48


def test_only_its_owner_reads_a_secret(tmp_path):
    folder = tmp_path / "secrets"
    keys.password("valkey", folder)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "valkey").stat().st_mode) == 0o600


def test_an_empty_file_of_a_broken_start_is_made_again(tmp_path):
    (tmp_path / "valkey").write_text("")

    assert keys.password("valkey", tmp_path)


def test_the_product_gets_a_key_and_a_seed(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.delenv("SERVER_SIGNING_KEY")

    made = keys.application(tmp_path)

    assert len(base64.b64decode(made["SERVER_SIGNING_KEY"])) == 32
    assert len(made["SECRET_KEY"]) >= 50
    assert keys.application(tmp_path) == made


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FILE"])
def test_what_the_environment_brings_is_not_made(tmp_path, monkeypatch, name):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    monkeypatch.setenv(name, "brought")

    assert "SECRET_KEY" not in keys.application(tmp_path)
