from journal.transports import send_mail


def test_a_mail_can_be_recognised_when_it_comes_twice(mailoutbox):
    for _ in range(2):
        send_mail(to="ana@example.com", subject="Your half", body="It waits.", reference="entry-7")

    first, second = mailoutbox
    assert (first.to, first.subject, first.body) == (["ana@example.com"], "Your half", "It waits.")
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
