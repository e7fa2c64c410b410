"""`manage.py found`, the door to `found_organisation`, and `founding_code` for its page."""

import pytest
from django.core.management import CommandError, call_command

from journal.models import Installation
from people.models import User
from people.operations.founding import founding_code
from playbook.models import PlaybookEdition
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def found(password_file=None, **changes):
    options = {
        "organisation": "Harrowgate",
        "zone": "Europe/Berlin",
        "currency": "EUR",
        "administrator_email": "ada@example.com",
        "administrator_name": "Ada",
        **changes,
    }
    call_command("found", password_file=password_file, **options)


@pytest.fixture
def password_file(tmp_path):
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return file


def test_it_founds_and_the_administrator_can_sign_in(client, password_file, capsys):
    found(password_file)

    assert "ada@example.com can sign in now." in capsys.readouterr().out
    assert not Installation.objects.get().is_demo
    assert PlaybookEdition.objects.count() == 1
    answer = client.post("/sign-in/", {"login": "ada@example.com", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_second_time_it_says_so_and_changes_nothing(password_file):
    found(password_file)

    with pytest.raises(CommandError, match="founded already"):
        found(password_file, administrator_email="eve@example.com")

    assert User.objects.count() == 1


def test_the_password_may_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("ADMINISTRATOR_PASSWORD", PASSWORD)

    found()

    assert User.objects.get().check_password(PASSWORD)


def test_without_anybody_to_ask_it_says_how_to_give_the_password(monkeypatch):
    monkeypatch.delenv("ADMINISTRATOR_PASSWORD", raising=False)

    with pytest.raises(CommandError, match="--password-file"):
        found()

    assert not User.objects.exists()


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        found(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"zone": "Mars"}, "no time zone"),
        ({"currency": "Euro"}, "three letters"),
        ({"administrator_email": "ada"}, "no e-mail address"),
        ({"working_days": "Monday"}, "at least one day"),
        ({"fiscal_month": 13}, "twelve months"),
    ],
)
def test_what_does_not_do_is_said_and_nothing_is_founded(password_file, changes, message):
    with pytest.raises(CommandError, match=message):
        found(password_file, **changes)

    assert not Installation.objects.exists()


def test_before_the_founding_it_says_where_and_with_which_code(capsys, settings):
    settings.BASE_URL = "https://counterpart.example"

    call_command("founding_code", if_unfounded=True)

    said = capsys.readouterr().out
    assert "https://counterpart.example/found/" in said
    assert founding_code() in said


def test_after_the_founding_there_is_no_code_to_say(capsys, password_file):
    found(password_file)
    capsys.readouterr()

    call_command("founding_code", if_unfounded=True)
    assert capsys.readouterr().out == ""
    with pytest.raises(CommandError, match="founded already"):
        call_command("founding_code")
