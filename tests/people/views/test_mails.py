import pytest
from django.test import override_settings

from journal.transports import FOLDER_BACKEND, send_mail
from tests.cast import LONG_AGO, gather

pytestmark = pytest.mark.django_db

MAILS = "/settings/mails/"
TO_A_PASSWORD = "Open http://127.0.0.1:8000/new-password/7-1764000000-ab12/ now."


@pytest.fixture
def folder(tmp_path):
    with override_settings(EMAIL_BACKEND=FOLDER_BACKEND, EMAIL_FILE_PATH=str(tmp_path / "mail")):
        yield tmp_path / "mail"


def write(subject, body="Open http://127.0.0.1:8000/invitations/abc/ please."):
    send_mail(to="nora@example.com", subject=subject, body=body, reference="entry-7")


def test_the_mails_of_the_folder_are_shown_with_links_to_follow(client, cast, folder):
    write("You are invited")
    client.force_login(cast.ada)

    content = client.get(MAILS).content.decode()

    assert "You are invited" in content
    assert "no entry says who read it" in content
    assert '<a href="http://127.0.0.1:8000/invitations/abc/"' in content


def test_a_link_to_a_new_password_is_for_one_mailbox_alone(client, cast, folder):
    write("Choose a new password", TO_A_PASSWORD)
    client.force_login(cast.ada)

    content = client.get(MAILS).content.decode()

    assert "7-1764000000-ab12" not in content
    assert "/new-password/…/" in content


def test_a_demonstration_shows_every_link(client, folder):
    ada = gather(LONG_AGO, is_demo=True).ada
    write("Choose a new password", TO_A_PASSWORD)
    client.force_login(ada)

    assert "7-1764000000-ab12" in client.get(MAILS).content.decode()


def test_before_the_first_mail_it_says_so(client, cast, folder):
    client.force_login(cast.ada)

    assert "No mail was written yet." in client.get(MAILS).content.decode()
    assert MAILS in client.get("/settings/people/").content.decode()


def test_a_mail_cannot_bring_markup(client, cast, folder):
    write("<b>bold</b>", "<script>alert(1)</script>")
    client.force_login(cast.ada)

    content = client.get(MAILS).content.decode()

    assert "<b>bold" not in content
    assert "<script>alert" not in content


def test_with_a_mail_server_there_is_no_such_page(client, cast):
    client.force_login(cast.ada)

    assert client.get(MAILS).status_code == 404
    assert MAILS not in client.get("/settings/people/").content.decode()
