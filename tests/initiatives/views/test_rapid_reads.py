"""Rapid reads in the browser's words: one page, two halves, one decision by a date."""

import json
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from governance.operations.editions import adopt_edition
from initiatives.choices import ReadOutcome
from initiatives.models import Initiative, RapidConfirmation, RapidDecision, RapidHalf, RapidRead
from initiatives.queries.days import home_day
from kernel.canonical import canonical
from people.choices import Side
from playbook.load import files, from_bytes
from tests.cast import gather
from tests.gates import make_world
from tests.initiatives.reads import SEEN, answered, decided, proposed, started, whole, workday

LIST, NEW, PROPOSE = "/rapid-reads/", "/rapid-reads/new/", "/initiatives/new/"
TECH, PEOPLE = Side
MOST, SIGNING_IN = 12, 8
PROPOSAL = {"affected": "60 fitters", "unit_name": "Workshop", "side": "people"}


class TestPages(TestCase):
    """One company for all; pages read the clock, so that days count from today."""

    @classmethod
    def setUpTestData(cls):
        cls.at = datetime.now(UTC) - timedelta(days=12)
        cls.world = make_world(cls.at)
        cls.cast = cls.world.cast

    def as_(self, name):
        self.client.force_login(getattr(self.cast, name))
        return self.client

    def read(self, name, address):
        return self.as_(name).get(address).content.decode()

    def day(self, days=8):
        return workday(home_day(datetime.now(UTC)) + timedelta(days=days)).isoformat()

    def test_it_begins_with_the_words_of_whoever_saw_it(self):
        assert "No rapid read yet" in self.read("petra", LIST)
        typed = {"name": "Reads <b>drawings</b>", "seen": SEEN, "side": "people"}

        refused = self.as_("petra").post(NEW, {**typed, "decide_by": "2020-01-06"})
        assert refused.status_code == 422
        assert "Decide between today and" in refused.content.decode()
        assert "Reads &lt;b&gt;drawings" in refused.content.decode()
        sent = self.as_("petra").post(NEW, {**typed, "decide_by": self.day()})

        assert (sent.status_code, sent.url) == (302, f"{LIST}{RapidRead.objects.get().pk}/")
        page = self.read("tariq", sent.url)
        assert page.count("Not answered yet") == 10
        assert "halves/technology/" in page
        # Petra has begun for People, and does not speak for the other side.
        page = self.read("petra", sent.url)
        assert "halves/people/" in page
        assert "halves/technology/" not in page
        assert "Reads &lt;b&gt;drawings" in self.read("hana", LIST)

    def test_empty_huge_and_hostile_input_is_answered_with_the_field(self):
        for typed in (
            {},
            {"name": "x" * 100_000, "seen": "y", "side": "people", "decide_by": "tomorrow"},
            {"name": "A\x00", "seen": "\u202e", "side": "both", "decide_by": "9999-99-99"},
        ):
            answer = self.as_("petra").post(NEW, typed)
            assert answer.status_code == 422
            assert "It has not begun yet" in answer.content.decode()
        assert self.as_("petra").get(f"{LIST}?page=x").status_code == 200
        assert self.as_("petra").get(f"{LIST}?page=99999").status_code == 200
        assert self.as_("petra").get(f"{NEW}?before=x").status_code == 404
        assert self.as_("petra").get(f"{NEW}?before=99").status_code == 404

    def test_a_half_is_answered_changed_and_kept_when_two_write_at_once(self):
        read = started(self.cast.tariq, self.at)
        address = f"{LIST}{read.pk}/halves/people/"
        assert 'name="expected_version" value="0"' in self.read("petra", address)
        self.as_("petra").post(address, {"whose_work": "Two teams", "expected_version": 0})

        answer = self.as_("hana").post(
            address, {"whose_work": "Three <teams>", "skills": "Drawing", "expected_version": 0}
        )

        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Petra Novak</bdi> saved version 1 while you were writing" in page
        assert "Two teams" in page
        assert "Three &lt;teams&gt;" in page
        sent = self.as_("hana").post(
            address,
            {
                "whose_work": "Three <teams>",
                "skills": "Drawing",
                "expected_version": 1,
                "take": "whose_work",
            },
        )
        assert sent.status_code == 302
        page = self.read("tariq", sent.url)
        assert "Two teams" in page
        assert "Hana Okafor" in page
        assert "version 2" in page
        assert RapidHalf.objects.count() == 2

    def test_what_a_half_cannot_hold_comes_back_as_it_was_typed(self):
        read = started(self.cast.tariq, self.at)
        address = f"{LIST}{read.pk}/halves/people/"

        for typed, said in (
            ({"whose_work": " "}, "Answer at least one question."),
            ({"whose_work": "y" * 241}, "241 characters, 240 at most."),
        ):
            answer = self.as_("petra").post(address, {**typed, "expected_version": 0})
            assert answer.status_code == 422
            assert said in answer.content.decode()
        assert self.as_("petra").post(address, {"whose_work": "x"}).status_code == 422
        assert self.as_("tariq").get(address).status_code == 403
        assert self.as_("petra").get(f"{LIST}{read.pk}/halves/joint/").status_code == 404

    def test_one_side_proposes_the_other_confirms_and_it_is_closed(self):
        read = whole(self.cast, self.at)
        address = f"{LIST}{read.pk}/"
        with CaptureQueriesContext(connection) as seen:
            assert "late:" in self.read("ivo", address)
        assert len(seen) <= MOST + SIGNING_IN
        typed = {"outcome": "watch", "words": "Next year", "expected": 0}

        refused = self.as_("ivo").post(f"{address}decide/", typed)
        assert refused.status_code == 422
        assert "Say when you look at it again." in refused.content.decode()
        typed["look_again_on"] = self.day(20)
        self.as_("ivo").post(f"{address}decide/", typed)

        assert "Confirm: watch it" not in self.read("ivo", address)
        page = self.read("hana", address)
        assert "Confirm: watch it" in page
        assert "none opens by it" in page
        shown = {"decision": RapidDecision.objects.get().pk, "seen": "1-1"}
        assert self.as_("hana").post(f"{address}confirm/", shown).status_code == 302
        assert self.as_("hana").post(f"{address}confirm/", shown).status_code == 409
        page = self.read("hana", address)
        assert "Both sides <strong>watch it</strong>" in page
        assert "Confirmed for People by <bdi>Hana Okafor" in page
        assert self.as_("ivo").get(f"{address}decide/").status_code == 302
        late = self.as_("ivo").post(f"{address}halves/technology/", {"expected_version": 1})
        assert late.status_code in (409, 422)

    def test_a_stale_decision_keeps_its_words_and_a_stale_page_confirms_nothing(self):
        read = whole(self.cast, self.at)
        address = f"{LIST}{read.pk}/"
        proposed(read, self.cast.ivo, self.at)

        answer = self.as_("hana").post(
            f"{address}decide/", {"outcome": "leave_it", "words": "Not <now>", "expected": 0}
        )
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Not &lt;now&gt;" in page
        assert 'name="expected" value="1"' in page
        answered(read, self.cast.ivo, TECH, self.at + timedelta(hours=1), text="Changed")
        shown = {"decision": RapidDecision.objects.get().pk, "seen": "1-1"}
        assert self.as_("hana").post(f"{address}confirm/", shown).status_code == 409
        assert self.as_("hana").post(f"{address}confirm/", {}).status_code == 409
        assert "changed its half after this was proposed" in self.read("hana", address)
        assert not RapidConfirmation.objects.exists()

    def test_what_both_try_becomes_a_proposal_once(self):
        read = decided(self.cast, self.at)
        way = f"{PROPOSE}?read={read.pk}"
        assert f'href="{way}"' in self.read("petra", f"{LIST}{read.pk}/")
        form = self.read("petra", way)
        assert 'value="Reads drawings"' in form
        assert "parts lists off a drawing" in form
        assert "Both sides decided to try it" in form

        words = {**PROPOSAL, "name": "Reads drawings", "problem": SEEN, "read": read.pk}
        sent = self.as_("petra").post(PROPOSE, words)

        made = Initiative.objects.get(name="Reads drawings")
        assert sent.url == f"/initiatives/{made.code}/"
        page = self.read("petra", sent.url)
        assert f'href="{LIST}{read.pk}/"' in page
        assert "began it with a rapid read" in page
        assert f"Go to {made.code}" in self.read("petra", f"{LIST}{read.pk}/")
        for again in (self.as_("petra").post(PROPOSE, words), self.as_("petra").get(way)):
            assert again.url == sent.url
        # Otto leads nothing here: Tariq does, elsewhere, and is led to the read.
        assert self.as_("tariq").get(way).url == f"{LIST}{read.pk}/"
        assert Initiative.objects.count() == 2

    def test_nothing_begins_with_a_read_that_is_not_decided_so(self):
        read = whole(self.cast, self.at)
        words = {**PROPOSAL, "name": "Reads drawings", "problem": SEEN, "read": read.pk}

        answer = self.as_("petra").post(PROPOSE, words)

        assert answer.status_code == 422
        assert "Propose without it." in answer.content.decode()
        assert 'name="read"' not in answer.content.decode()
        assert self.as_("petra").get(f"{PROPOSE}?read=999").status_code == 200

    def test_what_is_due_again_is_taken_up_with_the_answers_of_then(self):
        day = workday(home_day(self.at) + timedelta(days=1))
        read = decided(self.cast, self.at, outcome=ReadOutcome.WATCH, day=day)
        assert "It is time." in self.read("petra", f"{LIST}{read.pk}/")
        assert "Look again" in self.read("petra", LIST)
        form = self.read("petra", f"{NEW}?before={read.pk}")
        assert 'value="Reads drawings"' in form

        sent = self.as_("petra").post(
            NEW,
            {
                "name": "Reads drawings",
                "seen": SEEN,
                "side": "people",
                "before": read.pk,
                "decide_by": self.day(),
            },
        )

        assert "Nobody knows yet." in self.read("petra", f"{sent.url}halves/people/")
        page = self.read("petra", sent.url)
        assert page.count("Not answered yet") == 10
        assert "It takes up an earlier one" in page
        assert "Go to the newer one" in self.read("petra", f"{LIST}{read.pk}/")
        assert "Taken up again" in self.read("petra", LIST)


class TestEarlierEdition(TestCase):
    """An organisation that adopted its playbook before there were questions for a rapid read."""

    def test_it_says_what_is_missing_and_goes_on_once_the_edition_is_adopted(self):
        at = datetime.now(UTC) - timedelta(days=10)
        cast = gather(at, is_demo=True)
        begun = whole(cast, at)
        earlier = json.loads(files().bytes)
        del earlier["files"]["rapid_read.yaml"]
        adopt_edition(playbook=from_bytes(canonical(earlier)), actor=cast.ada, at=at)
        self.client.force_login(cast.ivo)
        typed = {"name": "Late", "seen": SEEN, "side": "technology"}
        typed["decide_by"] = workday(home_day(datetime.now(UTC)) + timedelta(days=8)).isoformat()

        page = self.client.get(LIST).content.decode()
        assert "adopt_playbook" in page
        assert f'href="{NEW}"' not in page
        assert "has no questions" in self.client.get(NEW).content.decode()
        assert self.client.post(NEW, typed).status_code == 422
        # What has begun keeps the questions it began with.
        assert "Whose work does it touch?" in self.client.get(f"{LIST}{begun.pk}/").content.decode()
        later = {**earlier, "files": {**json.loads(files().bytes)["files"]}}
        later["files"]["playbook.yaml"] = {**later["files"]["playbook.yaml"], "revision": 2}
        adopt_edition(playbook=from_bytes(canonical(later)), actor=cast.ada, at=at)
        assert self.client.post(NEW, typed).status_code == 302
