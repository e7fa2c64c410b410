import pytest

from journal.transports import FOLDER_BACKEND, keeps_mails, kept_mails, send_mail


def test_a_mail_can_be_recognised_when_it_comes_twice(mailoutbox):
    for _ in range(2):
        send_mail(to="ana@example.com", subject="Your half", body="It waits.", reference="entry-7")

    first, second = mailoutbox
    assert (first.to, first.subject, first.body) == (["ana@example.com"], "Your half", "It waits.")
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


@pytest.fixture
def folder(tmp_path, settings):
    settings.EMAIL_BACKEND = FOLDER_BACKEND
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def write(number, body="It waits."):
    send_mail(to="ana@example.com", subject=f"Mail {number}", body=body, reference=f"{number}")


def test_without_a_mail_server_the_newest_mails_can_be_read_again(folder):
    for number in range(3):
        write(number, "Grüße, “Ana”.\n" + "x" * 200)
    file = max(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
    file.write_bytes(file.read_bytes() * 2)  # as one worker writes that keeps its file open

    mails = kept_mails(3)

    assert keeps_mails()
    assert len(mails) == 3
    assert (mails[0].to, mails[0].subject) == ("ana@example.com", "Mail 2")
    assert mails[0].body == "Grüße, “Ana”.\n" + "x" * 200
    assert mails[0].at is not None


def test_a_mail_that_is_just_being_written_is_not_read_yet(folder):
    write(1)
    [file] = folder.glob("*.log")
    file.write_bytes(file.read_bytes() + b"Subject: Mail 2\nDate: Thu, 3 De")

    assert [mail.subject for mail in kept_mails(3)] == ["Mail 1"]


def test_before_the_first_mail_there_is_nothing_to_read(folder):
    assert kept_mails(3) == []


def test_with_a_mail_server_none_are_kept():
    assert not keeps_mails()
