"""Refusals and failures as pages. No test here may touch the database: that is the point."""

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("tests.kernel.urls")


OURS = {"host": "testserver", "sec-fetch-site": "same-origin"}
TYPED = {"reason": "Because <b>we</b> said so", "password": "pass word", "code": "12 34 56"}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("refused", 422, "cannot be done"),
        ("stale", 409, "Nothing was signed"),
        ("forbidden", 403, "You may not do"),
        ("hidden", 404, "nothing here for"),
        ("throttled", 429, "Wait a"),
        ("gone", 503, "Not available just"),
        ("locked", 409, "Someone else is signing"),
        ("deadlock", 409, "Someone else is signing"),
        ("full", 503, "no room left"),
        ("full-disk", 503, "no room left"),
        ("no-redis", 503, "nothing was half-written"),
        ("bug", 500, "Something broke"),
        ("missing-file", 500, "Something broke"),
        ("denied", 403, "You may not do"),
        ("malformed", 400, "cannot be"),
    ],
)
def test_each_failure_has_its_page_in_plain_words(client, how, status, words):
    response = client.get(f"/fail/{how}/")

    assert response.status_code == status
    assert words in response.content.decode()
    assert "Traceback" not in response.content.decode()


@pytest.mark.parametrize("how", ["refused", "stale", "forbidden", "throttled"])
def test_the_reasons_are_listed_and_escaped(client, how):
    response = client.get(f"/fail/{how}/")

    assert "Petra must add the &lt;training&gt; plan first." in response.content.decode()


def test_an_unknown_address_is_not_found(client):
    assert client.get("/nowhere/").status_code == 404


def test_a_page_of_ours_is_the_way_back(client):
    response = client.get(
        "/fail/refused/", headers={"host": "testserver", "referer": "http://testserver/whole/?q=1"}
    )

    assert 'href="/whole/?q=1"' in response.content.decode()


ODD = ["http://[::1", "http://testserver//evil.example/"]


@pytest.mark.parametrize(
    "elsewhere",
    ["http://evil.example/whole/", "javascript:alert(1)", "//evil.example/", "\\", *ODD],
)
def test_another_site_is_never_the_way_back(client, elsewhere):
    response = client.get("/fail/refused/", headers={"host": "testserver", "referer": elsewhere})

    assert "evil.example" not in response.content.decode()
    assert "Back to where you were" not in response.content.decode()


@pytest.mark.parametrize("how", ["stale", "refused", "gone", "throttled"])
def test_what_was_typed_is_given_back(client, how):
    typed = {
        "reason": "Because <b>we</b> said so",
        "slot-0-claim": "two words",
        "password": "pass word",
        "csrfmiddlewaretoken": "a b",
        "digest": "a" * 64,
        "decision": "sign",
    }

    body = client.post(f"/fail/{how}/", typed, headers=OURS).content.decode()

    assert "Because &lt;b&gt;we&lt;/b&gt; said so" in body
    assert "two words" in body
    assert "pass word" not in body
    assert "a" * 64 not in body
    assert ">sign<" not in body


def test_every_answer_carries_its_number_and_the_page_shows_it(client):
    response = client.get("/fail/bug/")

    number = response["X-Request-ID"]
    assert len(number) == 12
    assert number in response.content.decode()
    assert client.get("/fail/bug/")["X-Request-ID"] != number


def test_htmx_puts_the_message_where_the_page_was(client):
    response = client.get("/fail/locked/", headers={"HX-Request": "true", "HX-Target": "list"})

    assert response["HX-Retarget"] == "#main"
    assert response["HX-Reselect"] == "#main"
    assert 'id="main"' in response.content.decode()


def test_a_form_without_its_token_is_refused_with_a_way_out():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/whole/", {"a": "b"})

    assert response.status_code == 403
    assert "load the page again" in response.content.decode()


def test_a_form_sent_after_the_session_ended_is_given_back_with_the_way_in(client):
    came_from = {"referer": "http://testserver/whole/?q=1"}

    response = client.post("/theirs/", TYPED, headers=OURS | came_from)

    body = response.content.decode()
    assert response.status_code == 401
    assert "Because &lt;b&gt;we&lt;/b&gt; said so" in body
    assert "pass word" not in body
    assert "12 34 56" not in body
    assert 'href="/sign-in/?next=%2Fwhole%2F%3Fq%3D1"' in body


def test_htmx_is_told_of_the_page_where_it_was_typed(client):
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/whole/?q=2"}

    response = client.post("/theirs/", TYPED, headers=OURS | htmx)

    assert (response.status_code, response["HX-Retarget"]) == (401, "#main")
    assert 'href="/sign-in/?next=%2Fwhole%2F%3Fq%3D2"' in response.content.decode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"no boundary", "multipart/form-data"),
        (b"text=" + b"a" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"a&" * 1_500, "application/x-www-form-urlencoded"),
    ],
)
def test_a_form_that_cannot_be_read_gets_its_page_and_no_words_back(client, body, kind):
    sent = {"headers": {"Sec-Fetch-Site": "same-origin"}, "content_type": kind}

    assert client.post("/nowhere/", data=body, **sent).status_code == 404


def test_who_only_looks_is_led_to_the_way_in_as_before(client):
    response = client.get("/theirs/")

    assert (response.status_code, response.url) == (302, "/sign-in/?next=/theirs/")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"referer": "https://evil.example/theirs/"},
    ],
)
@pytest.mark.parametrize("address", ["/theirs/", "/whole/", "/read/", "/fail/gone/"])
def test_words_that_another_site_sent_are_nobodys_own(address, said):
    client = Client(enforce_csrf_checks=address == "/whole/", raise_request_exception=False)

    response = client.post(address, TYPED, headers={"host": "testserver"} | said)

    assert response.status_code in {401, 403, 405, 503}
    assert "said so" not in response.content.decode()
    assert "evil.example" not in response.content.decode()


@pytest.mark.parametrize(
    "said", [{"origin": "http://testserver"}, {"referer": "http://testserver/whole/"}, OURS]
)
def test_a_form_of_ours_that_is_too_old_is_given_back(said):
    client = Client(enforce_csrf_checks=True)

    response = client.post("/whole/", TYPED, headers={"host": "testserver"} | said)

    assert response.status_code == 403
    assert "said so" in response.content.decode()


def test_an_address_that_only_takes_a_form_is_a_page_with_a_way_out(client):
    response = client.get("/sent/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert 'href="/"' in response.content.decode()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_a_way_to_ask_that_no_page_knows_is_not_called_an_old_form(method):
    response = Client(enforce_csrf_checks=True).generic(method, "/whole/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert "opened too long ago" not in response.content.decode()


def test_an_unavailable_server_says_when_to_come_back(client):
    assert client.get("/fail/gone/")["Retry-After"] == "30"


def test_an_expected_no_is_not_logged_as_an_error(client, caplog):
    client.get("/fail/refused/")
    client.get("/fail/locked/")

    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize(("cookie", "shown"), [("dark", True), ("light", True), ("x", False)])
def test_error_pages_keep_the_theme(client, cookie, shown):
    client.cookies["theme"] = cookie

    assert (f'data-theme="{cookie}"' in client.get("/nowhere/").content.decode()) is shown
