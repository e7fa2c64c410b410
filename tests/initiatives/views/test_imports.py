"""A list from the file to the portfolio, page by page, as somebody without JavaScript sees it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.forms.imports import word_key
from initiatives.models import Import, Initiative
from initiatives.operations.import_rows import apply_import
from initiatives.queries import imports
from journal.clock import now
from journal.models import Delivery
from kernel.sheets.writing import workbook
from tests.initiatives.lists import in_csv, make_list

pytestmark = pytest.mark.django_db
NAMES = ("Name", "Purpose", "Status", "ID")
FEW = in_csv(
    [
        NAMES,
        ("Route planner", "Drivers take the long way round.", "Live", "1"),
        ("Route planners", "Drivers take the long way.", "Idea", "2"),
        ("", "Nameless", "Idea", "3"),
    ]
)


@pytest.fixture
def noon():
    """Moments are real here: the worker's part of it reads the clock."""
    return now()


@pytest.fixture
def ada(client, cast):
    client.force_login(cast.ada)
    return cast.ada


def bring(client, content, name="list.csv"):
    return client.post("/imports/new/", {"file": SimpleUploadedFile(name, content)})


def settle(client, **changes):
    """Take the columns as they were guessed, but for `changes`."""
    source = Import.objects.latest("pk")
    words = {word_key(word): stage for word, stage in source.stages.items()}
    chosen = source.columns | words | {"version": source.version} | changes
    return client.post(f"/imports/{source.pk}/columns/", chosen)


def decide(client, deed="confirm", **changes):
    source = Import.objects.latest("pk")
    sent = {"version": source.version, "deed": deed, "shown": "", "out": []} | changes
    return client.post(f"/imports/{source.pk}/", sent)


def words(response):
    return " ".join(response.content.decode().replace("&nbsp;", " ").split())


def latest():
    return f"/imports/{Import.objects.latest('pk').pk}/"


def test_from_the_file_to_the_portfolio(client, ada):
    assert bring(client, FEW).url == f"{latest()}columns/"
    asked = words(client.get(f"{latest()}columns/"))
    assert "Which column is what?" in asked
    assert "Drivers take the long way round." in asked

    assert settle(client).url == latest()
    shown = words(client.get(latest()))
    assert "2 rows can come in." in shown
    assert "Looks like line 2" in shown
    assert "Line 4 has no name." in shown
    assert not Initiative.objects.exists()

    assert decide(client).url == latest()
    begun = words(client.get(latest()))
    assert "0 of 2 rows are here." in begun
    assert 'hx-trigger="every 2s"' in begun

    apply_import(source_id=Import.objects.get().pk, clock=now)
    over = words(client.get(latest()))
    assert "2 rows are initiatives now." in over
    assert "In use without a co-signed gate" in over
    assert 'hx-trigger="every' not in over
    table = words(client.get("/portfolio/?view=table&text=planner"))
    assert "Route planner" in table
    assert "In use without a co-signed gate" in table


def test_a_workbook_goes_the_same_way(client, ada):
    lines = [NAMES, ("Route planner", "Drivers take the long way round.", "Live", "1")]
    book = workbook("Projects", lines).read()

    assert bring(client, book, "projects.xlsx").url == f"{latest()}columns/"
    assert settle(client).url == latest()
    assert "1 row can come in." in words(client.get(latest()))
    assert decide(client).url == latest()
    apply_import(source_id=Import.objects.get().pk, clock=now)

    one = Initiative.objects.get()
    assert (one.name, one.reference, one.is_in_use_ungated) == ("Route planner", "1", True)


def test_a_list_that_stopped_says_so_and_is_begun_again(client, ada):
    bring(client, FEW)
    settle(client)
    decide(client)
    Delivery.objects.filter(subscriber="initiatives.reactions.bring_in").update(attempts=10)

    stopped = words(client.get(latest()))
    assert "It stopped at 0 of 2 rows." in stopped
    assert 'hx-trigger="every' not in stopped

    assert client.post(f"{latest()}resume/").url == latest()
    assert "0 of 2 rows are here." in words(client.get(latest()))
    assert client.post(f"{latest()}resume/").status_code == 409


def test_of_a_long_list_it_is_said_that_only_names_were_compared(client, ada, monkeypatch):
    bring(client, FEW)
    settle(client)
    assert "compared by name only" not in words(client.get(latest()))

    monkeypatch.setattr(imports, "CLOSELY", 1)

    assert "compared by name only" in words(client.get(latest()))


def test_while_it_comes_in_only_the_progress_is_asked_for(client, ada):
    bring(client, FEW)
    settle(client)
    decide(client)

    part = client.get(latest(), headers={"HX-Request": "true", "HX-Target": "progress"})

    assert part.content.decode().strip().startswith('<div id="progress"')


def test_the_same_list_again_is_settled_already_and_has_nothing_to_do(client, ada):
    bring(client, make_list(3))
    settle(client)
    decide(client)
    apply_import(source_id=Import.objects.get().pk, clock=now)

    assert bring(client, make_list(3)).url == latest()

    again = words(client.get(latest()))
    assert "3 rows already here, nothing to do." in again
    assert 'value="confirm"' not in again
    assert decide(client).status_code == 422
    assert Initiative.objects.count() == 3


def test_a_second_click_is_led_to_the_list_of_the_first_one(client, ada):
    first, second = bring(client, FEW), bring(client, FEW, "again.csv")
    led = client.get(second.url, follow=True)

    assert led.redirect_chain == [(first.url, 302)]
    assert "You brought this file already: here it is, as you left it." in words(led)
    assert Import.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"Name,name\nA,B\n", "Columns A and B have one name"),
        ("Näme;Unit\nÄ;B\n".encode() + "Ö;B\n".encode("cp1252"), "mixes two encodings: line"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(client, ada, content, said):
    response = bring(client, content)

    assert response.status_code == 422
    assert said in words(response)
    assert not Import.objects.exists()


def test_without_a_file_one_is_asked_for(client, ada):
    response = client.post("/imports/new/")

    assert response.status_code == 422
    assert "Choose the file" in words(response)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Choose the column that holds the name."),
        ({"name": "Nowhere"}, "The file has no such column."),
        ({"problem": "Name"}, "“Name” is taken for another part already."),
    ],
)
def test_columns_that_cannot_be_so_are_said_at_their_field(client, ada, changes, said):
    bring(client, FEW)

    response = settle(client, **changes)

    assert response.status_code == 422
    assert said in words(response)


def test_words_that_were_not_shown_are_asked_about_before_the_rows(client, ada):
    bring(client, FEW)

    response = settle(client, stage="Purpose", problem="Status")

    assert response.url == f"{latest()}columns/"
    assert "Say what each of them means" in words(client.get(response.url))


def test_words_that_were_shown_mean_what_was_chosen(client, ada):
    bring(client, FEW)
    page = client.get(f"{latest()}columns/")
    fields = {field.label: field.html_name for field, _ in page.context["form"].stages()}
    assert fields == {"Live": word_key("Live"), "Idea": word_key("Idea")}

    settle(client, **{fields["Live"]: "2", fields["Idea"]: ""})

    assert Import.objects.get().stages == {"Live": "2", "Idea": ""}


def test_rows_are_left_out_by_ticks_and_all_alike_at_once(client, ada):
    bring(client, FEW)
    settle(client)

    assert decide(client, "choose", shown="2,3,4", out=["2", "x"]).url == latest()
    assert Import.objects.get().left_out == [2]
    decide(client, "alike")
    assert Import.objects.get().left_out == [2, 3]
    assert "Left out" in words(client.get(f"{latest()}?show=left"))
    decide(client, "none")
    assert Import.objects.get().left_out == []
    decide(client, "confirm", shown="2,3", out=["3"])

    assert (Import.objects.get().state, Import.objects.get().to_bring) == ("applying", 1)


def test_a_form_from_before_is_answered_with_409(client, ada):
    bring(client, FEW)
    settle(client)

    for response in (
        decide(client, version="1"),
        decide(client, version=""),
        settle(client, version="1"),
        client.post(f"{latest()}discard/", {"version": "1"}),
    ):
        assert response.status_code == 409
    decide(client)
    assert settle(client).status_code == 409
    assert client.get(f"{latest()}columns/").url == latest()


def test_long_lists_turn_page_by_page(client, ada):
    bring(client, make_list(120))
    settle(client)

    first, second, odd = (client.get(f"{latest()}?{words}") for words in ("", "from=50", "from=-1"))

    assert "1 to 50 of 120" in words(first)
    assert "51 to 100 of 120" in words(second)
    assert "1 to 50 of 120" in words(odd)
    assert "No row is like that." in words(client.get(f"{latest()}?show=left"))

    decide(client)
    apply_import(source_id=Import.objects.get().pk, clock=now)
    result = client.get(latest())
    assert len(result.context["rows"]) == 50
    assert len(client.get(latest() + result.context["next"]).context["rows"]) == 50


def test_a_list_is_put_away_and_its_file_is_gone(client, ada):
    bring(client, FEW)

    response = client.post(f"{latest()}discard/", {"version": "1"})

    assert response.url == "/imports/"
    assert "Put away" in words(client.get("/imports/"))
    assert "was put away" in words(client.get(latest()))
    assert bytes(Import.objects.get().content) == b""


def test_what_could_not_come_is_handed_out_to_be_put_right(client, ada):
    bring(client, FEW.replace(b"Nameless", b"=cmd()"))
    settle(client)
    decide(client)
    apply_import(source_id=Import.objects.get().pk, clock=now)

    shown, file = client.get(latest()), client.get(f"{latest()}refused/")

    assert "1 row could not come." in words(shown)
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Name,Purpose,Status,ID,Line in list")
    assert lines[1].startswith(",'=cmd(),Idea,3,4,")
    assert "attachment" in file["Content-Disposition"]


def test_who_brings_what_another_person_brought_meanwhile_is_told_so(client, ada, cast):
    other = type(client)()
    other.force_login(cast.ivo)
    for person in (client, other):
        bring(person, FEW)
        settle(person)
    mine, theirs = Import.objects.order_by("pk")
    for person, source in ((client, mine), (other, theirs)):
        where = f"/imports/{source.pk}/"
        shown = {"version": str(source.version), "shown": "2,3,4", "deed": "confirm"}
        person.post(where, shown)
    for source in (mine, theirs):
        apply_import(source_id=source.pk, clock=now)

    said = words(other.get(f"/imports/{theirs.pk}/"))

    assert "Nothing new came in." in said
    assert "2 rows were here already, brought by another list." in said
    assert "each needs a lead" not in said


def test_the_page_of_what_came_in_says_where_it_came_from(client, ada):
    bring(client, FEW)
    settle(client)
    decide(client)
    apply_import(source_id=Import.objects.get().pk, clock=now)

    page = words(client.get("/initiatives/AI-001/"))

    assert "In use without a co-signed gate" in page
    assert "Line 2 of <bdi>list.csv</bdi>" in page
    assert "words, until one of you writes the problem" in page
    assert "Not stated" in page


def test_the_first_half_begins_with_what_the_list_said(client, ada, cast):
    bring(client, FEW)
    settle(client)
    decide(client)
    apply_import(source_id=Import.objects.get().pk, clock=now)
    client.force_login(cast.hana)

    page = words(client.get("/initiatives/AI-001/slots/problem_statement/"))

    assert "Drivers take the long way round." in page


@pytest.mark.parametrize("address", ["/portfolio/", "/portfolio/?view=table", "/initiatives/new/"])
def test_the_way_to_it_is_shown_to_whoever_may_go_it(client, cast, address):
    client.force_login(cast.hana)
    assert b"/imports/new/" in client.get(address).content
    client.force_login(cast.petra)
    assert b"/imports/new/" not in client.get(address).content


def test_any_of_many_is_found_by_three_digits_of_its_code(client, ada):
    bring(client, make_list(120))
    settle(client)
    decide(client)
    apply_import(source_id=Import.objects.get().pk, clock=now)

    for one in Initiative.objects.order_by("number")[::17]:
        found = client.get(f"/portfolio/?view=table&text={one.number:03d}").context["rows"]
        assert one.pk in {row.initiative.pk for row, *_ in found}
    by_reference = client.get(f"/portfolio/?view=table&text={one.reference}").context["rows"]
    assert [row.initiative.pk for row, *_ in by_reference] == [one.pk]


def asked(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen.captured_queries)


def test_a_page_asks_as_much_of_five_rows_as_of_many(client, ada):
    few, many = {}, {}
    for count, found in ((5, few), (60, many)):
        bring(client, make_list(count, seed=count))
        settle(client)
        found["preview"] = asked(client, latest())
        found["columns"] = asked(client, f"{latest()}columns/")
        decide(client)
        found["progress"] = asked(client, latest())
        apply_import(source_id=Import.objects.latest("pk").pk, clock=now)
        found["result"] = asked(client, latest())
        found["lists"] = asked(client, "/imports/")
        found["portfolio"] = asked(client, "/portfolio/?view=table")
        found["initiative"] = asked(client, "/initiatives/AI-001/")

    assert few == many
    assert max(many.values()) <= 12
