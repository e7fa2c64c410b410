from datetime import timedelta

import pytest

from journal.kinds import Kind
from journal.models import Entry
from kernel.sheets.shapes import SheetRefusedError
from people.choices import Office
from people.models import Invitation
from people.operations.invitation_lists import Listed, invite_all, read_people
from people.operations.invitations import InvitationRefusedError
from tests.changes import end_term

pytestmark = pytest.mark.django_db

LIST = """E-mail;Office;Title
nora@example.com;Auditor;Internal auditor
Olav@Example.com;;
pia@example.com;committee member;Head of Legal
"""


def listed(*emails, office="", title=""):
    return [Listed(line, email, office, title) for line, email in enumerate(emails, start=2)]


def test_a_list_is_read_with_offices_in_anybody_s_words():
    people = read_people(LIST.encode())

    assert [(one.line, one.email, one.office) for one in people] == [
        (2, "nora@example.com", "auditor"),
        (3, "olav@example.com", ""),
        (4, "pia@example.com", "committee_member"),
    ]
    assert not any(one.problem for one in people)


def test_a_list_of_e_mails_alone_will_do():
    people = read_people(b"email\nnora@example.com\nolav@example.com\n")

    assert [(one.email, one.office, one.title) for one in people] == [
        ("nora@example.com", "", ""),
        ("olav@example.com", "", ""),
    ]


def test_an_office_that_is_none_is_named_at_its_line():
    [one, _] = read_people(b"E-mail,Office\nnora@example.com,King\nolav@example.com,CIO\n")

    assert "no office \u201cKing\u201d" in one.problem


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 nothing", "kind"),
        (b"Name,Office\nNora,CIO\nOlav,CHRO\n", "columns"),
        (b"E-mail,Office\n" + b"n@example.com,\n" * 501, "long"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused(content, code):
    with pytest.raises(SheetRefusedError) as refusal:
        read_people(content)

    assert refusal.value.codes == (code,)


def test_everybody_on_the_list_is_invited(cast, noon):
    invite_all(actor=cast.ada, people=read_people(LIST.encode()), at=noon)

    assert Invitation.objects.standing().count() == 3
    assert Invitation.objects.get(email="nora@example.com").office == Office.AUDITOR
    assert Entry.objects.filter(kind=Kind.INVITATION_SENT).count() == 3


def test_one_line_that_does_not_do_stops_all_and_every_such_line_is_named(cast, noon):
    people = listed("nora@example.com", "erin@example.com", "nora@example.com", "olav")
    before = Entry.objects.count()

    with pytest.raises(InvitationRefusedError) as refusal:
        invite_all(actor=cast.ada, people=people, at=noon)

    assert refusal.value.codes == ("email_taken", "invited", "email")
    said = [blocker.message for blocker in refusal.value.blockers]
    assert [one.split(",")[0] for one in said] == ["Line 3", "Line 4", "Line 5"]
    assert (Invitation.objects.count(), Entry.objects.count()) == (0, before)


def test_a_key_is_not_promised_twice_within_a_list(cast, noon):
    at = noon + timedelta(minutes=1)
    end_term(actor=cast.ada, term=cast.term(cast.hana), at=at)
    people = listed("nora@example.com", "olav@example.com", office="chro", title="CPO")

    with pytest.raises(InvitationRefusedError) as refusal:
        invite_all(actor=cast.ada, people=people, at=at)

    assert refusal.value.codes == ("promised",)


def test_a_list_may_leave_out_the_title_of_an_office(cast, noon):
    invite_all(actor=cast.ada, people=listed("nora@example.com", office="auditor"), at=noon)

    assert Invitation.objects.get().title == "Auditor"


def test_an_empty_list_and_one_of_somebody_else_invite_nobody(cast, noon):
    with pytest.raises(InvitationRefusedError, match="nobody on the list"):
        invite_all(actor=cast.ada, people=[], at=noon)
    with pytest.raises(InvitationRefusedError) as refusal:
        invite_all(actor=cast.hana, people=listed("nora@example.com"), at=noon)

    assert refusal.value.codes == ("not_administrator",)
