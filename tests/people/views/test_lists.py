import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from people.models import Invitation

pytestmark = pytest.mark.django_db

PAGE = "/settings/people/invite-list/"
LIST = b"E-mail,Office,Title\nnora@example.com,auditor,Auditor\nolav@example.com,,\n"


@pytest.fixture
def ada(client, cast):
    client.force_login(cast.ada)
    return cast.ada


def bring(client, content):
    return client.post(PAGE, {"file": SimpleUploadedFile("list.csv", content)})


def seal_of(response):
    return re.search(r'name="list" value="([^"]+)"', response.content.decode()).group(1)


def test_a_list_is_shown_first_and_invited_when_confirmed(client, ada):
    shown = bring(client, LIST)
    assert shown.status_code == 200
    assert b"nora@example.com" in shown.content
    assert not Invitation.objects.exists()

    response = client.post(PAGE, {"list": seal_of(shown)})

    assert response.url == "/settings/people/"
    assert Invitation.objects.count() == 2


def test_confirmed_twice_it_invites_once_and_says_why(client, ada):
    seal = seal_of(bring(client, LIST))
    client.post(PAGE, {"list": seal})

    response = client.post(PAGE, {"list": seal})

    assert response.status_code == 422
    assert "Line 2, nora@example.com" in response.content.decode()
    assert Invitation.objects.count() == 2


def test_what_cannot_be_read_is_said_and_cannot_be_confirmed(client, ada):
    response = bring(client, LIST.replace(b"auditor", b"king"))

    assert response.status_code == 422
    assert "1 to put right" in response.content.decode()
    assert b'name="list"' not in response.content


@pytest.mark.parametrize(
    ("content", "said"), [(b"\n", "empty"), (b"Name\nNora\nOlav\n", "no column")]
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(client, ada, content, said):
    response = bring(client, content)

    assert response.status_code == 422
    assert said in response.content.decode()


def test_a_list_that_we_did_not_show_is_not_taken(client, ada):
    response = client.post(PAGE, {"list": "forged:1:x"})

    assert response.status_code == 409
    assert not Invitation.objects.exists()
