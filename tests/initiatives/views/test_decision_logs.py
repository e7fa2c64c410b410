"""The pages of a log of decisions: bring, read, filter, take along, take back."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from initiatives.models import DecisionLog, LoggedDecision
from initiatives.operations.decision_logs import bring_decisions
from initiatives.rules.decision_lines import Column
from initiatives.rules.decision_logs import MOST_BYTES
from journal.kinds import Kind
from journal.models import Entry, Sealed
from tests.initiatives.decision_files import LINES, line, log
from tests.kept import kept

URL = "/initiatives/AI-001/decisions/"
MANY = [line(subject=f"CASE-{number}", overridden="") for number in range(60)]


@kept
def logged(world, noon):
    """November's log, brought by Petra."""
    bring_decisions(
        actor=world.cast.petra,
        initiative=world.initiative,
        name="november.csv",
        content=log(*[line(when="2025-11-03", subject=one[2], ai_share=one[4]) for one in LINES]),
        at=noon,
    )
    return world


def past(*lines):
    """A file whose lines lie in the past, whatever day it is."""
    return log(*(lines or LINES)).replace(b"2026-11", b"2025-11")


def sent(client, content, name="log.csv"):
    return client.post(f"{URL}new/", {"file": SimpleUploadedFile(name, content)}, follow=True)


def html_of(answer):
    return answer.content.decode()


@pytest.fixture
def petra(world, sign_in):
    return sign_in(world.cast.petra)


def test_without_a_log_the_page_says_what_it_is_for(petra):
    html = html_of(petra.get(URL))

    assert "No log was brought yet." in html
    assert "who was responsible for each decision" in html
    assert "Bring a log" in html


def test_a_log_comes_in_and_can_be_read(petra):
    html = html_of(sent(petra, past()))

    assert "Brought in: 3." in html
    assert html.index("CASE-3") < html.index("CASE-2")
    assert "Receipt was there" in html
    assert "November 2025" in html
    assert "too few for a share" in html
    assert "brought a log of decisions" in html_of(petra.get("/initiatives/AI-001/history/"))


def test_wrong_lines_are_named_and_nothing_came_in(petra):
    answer = sent(petra, past(*LINES, line(ai_share="mostly"), line(when="2999-01-01")))

    html = html_of(answer)
    assert answer.status_code == 422
    assert "Line 5, column ai_share: it reads “mostly”. Write advised, confirmed or alone." in html
    assert "Line 6, column when" in html
    assert not LoggedDecision.objects.exists()


def test_of_very_many_wrong_lines_the_first_are_named_and_the_rest_counted(petra):
    lines = [line(subject=str(number), ai_share="?") for number in range(70)]

    html = html_of(sent(petra, past(*lines)))

    assert html.count("column ai_share: it reads") == 50
    assert "And 20\xa0more reasons." in html


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf",
        b"when\0",
        b"%PDF-1.7",
        b"PK\x03\x04broken",
        b'when,why\n"open',
        b"x" * (MOST_BYTES + 1),
        b"a,b\n" * 2_500_000,
        "when,why\n\u202e,\n".encode(),
        b",".join([b"when"] * 200),
        b"\xff\xfe\x00",
    ],
    ids=["empty", "bom", "nul", "pdf", "zip", "quote", "large", "10MB", "bidi", "wide", "half"],
)
def test_a_hostile_file_is_an_answer_and_never_an_accident(petra, content):
    answer = sent(petra, content)

    assert answer.status_code == 422
    assert "Nothing came in." in html_of(answer) or "first reasons" in html_of(answer)
    assert not DecisionLog.objects.exists()


def test_without_a_file_one_is_asked_for(petra):
    answer = petra.post(f"{URL}new/")

    assert (answer.status_code, "Choose the file" in html_of(answer)) == (422, True)


def test_a_file_as_spreadsheets_save_it_comes_in(petra):
    content = b"\xef\xbb\xbf" + past().replace(b",", b";").replace(b"\r\n", b"\n")

    sent(petra, content.replace(b"Shift lead; depot 4", b"Shift lead"))

    assert LoggedDecision.objects.count() == 3


def test_the_same_file_twice_is_told_and_makes_nothing(logged, petra):
    sent(petra, past())
    html = html_of(sent(petra, past()))

    assert "All of this file is here already. Nothing came in twice." in html
    assert DecisionLog.objects.count() == 2


def test_words_of_a_file_are_shown_and_never_run(petra):
    html = html_of(sent(petra, past(line(subject="<script>alert(1)</script>"))))

    assert "&lt;script&gt;alert(1)" in html


def test_the_template_names_the_columns_and_brings_nothing(petra):
    answer = petra.get(f"{URL}template/")

    assert answer.content.decode("utf-8-sig").strip() == ",".join(Column)
    assert sent(petra, answer.content).status_code == 422


def test_what_is_taken_along_runs_in_no_spreadsheet(petra):
    formula = '=HYPERLINK("http://evil.example","x")'
    sent(petra, past(line(subject=formula, why="+1", decision="@SUM(A1)", responsible="-2")))

    answer = petra.post(f"{URL}export/")

    rows = [*csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig")))]
    assert rows[0]["when"] == "2025-11-03T14:05:00+01:00"
    assert rows[0]["subject"] == f"'{formula}"
    assert (rows[0]["why"], rows[0]["decision"], rows[0]["responsible"]) == (
        "'+1",
        "'@SUM(A1)",
        "'-2",
    )
    assert (rows[0]["line"], rows[0]["file"], rows[0]["taken_back"]) == ("2", "log.csv", "no")
    assert Entry.objects.filter(kind=Kind.DECISIONS_EXPORTED).exists()


def test_filters_narrow_the_page_and_what_is_taken_along(logged, sign_in):
    audrey = sign_in(logged.cast.audrey)

    html = html_of(audrey.get(f"{URL}?share=alone"))
    taken = b"".join(audrey.post(f"{URL}export/?share=alone")).decode()
    nonsense = html_of(audrey.get(f"{URL}?share=x&overridden=y&which=z&after=%F0%9F"))

    assert ("CASE-3" in html, "CASE-1" in html) == (True, False)
    assert ("CASE-3" in taken, "CASE-1" in taken) == (True, False)
    assert "CASE-1" in nonsense
    assert "No decision fits" in html_of(audrey.get(f"{URL}?overridden=yes"))
    assert "Bring a log" not in html


def test_a_long_log_has_pages(petra):
    html = html_of(sent(petra, past(*MANY)))
    following = html.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]

    second = html_of(petra.get(URL + following.replace("&amp;", "&")))

    assert (html.count(">CASE-"), html.count("<bdi>CASE-")) == (50, 50)
    assert second.count("<bdi>CASE-") == 10
    assert "Older" not in second
    assert "Nothing is on this page." in html_of(
        petra.get(f"{URL}?after=WyIxOTAwLTAxLTAxIiwgMV0")  # the year 1900
    )


def test_a_log_is_taken_back_with_a_reason_and_stays_readable(logged, petra):
    url = f"{URL}{DecisionLog.objects.get().pk}/withdraw/"

    asked, refused = petra.get(url), petra.post(url, {"reason": "\u200b"})
    done = html_of(petra.post(url, {"reason": "The wrong month"}, follow=True))
    again = petra.post(url, {"reason": "Twice"})

    assert (asked.status_code, refused.status_code, again.status_code) == (200, 422, 422)
    assert "Taken back. Its lines stay, and count no longer." in done
    assert "Every log was taken back." in done
    assert "The wrong month" in done
    assert "CASE-1" in html_of(petra.get(f"{URL}?which=withdrawn"))
    assert "was taken back already" in html_of(again)


def test_what_was_erased_is_said_to_be(logged, petra, noon):
    Sealed.objects.filter(text__contains="CASE-1").update(
        text=None, key=None, erased_at=noon + timedelta(days=1)
    )

    html = html_of(petra.get(URL))
    taken = b"".join(petra.post(f"{URL}export/")).decode()

    assert html.count(">Erased<") == 2
    assert "erased,erased,erased" in taken


def test_who_reads_the_initiative_reads_the_log_and_nobody_else(logged, sign_in, client):
    for reader in ("audrey", "cleo", "kim", "ada"):
        assert "CASE-1" in html_of(sign_in(getattr(logged.cast, reader)).get(URL))
    assert sign_in(logged.cast.otto).get(URL).status_code == 404
    assert sign_in(logged.cast.otto).post(f"{URL}export/").status_code == 404
