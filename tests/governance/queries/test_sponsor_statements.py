"""What the sponsor signs: for no side, over exactly what both sides read."""

import json
from uuid import UUID

from governance.choices import Resolved
from governance.models import Round
from governance.queries.sponsor_statements import printed_of_sponsor, sponsor_statement
from governance.rules.signing import Binding
from initiatives.models import Initiative
from people.models import OfficeTerm, User

NOW = Binding(round_id=1, snapshot="a" * 64, terms="b" * 64, edition="c" * 64)
TERM = OfficeTerm(
    pk=9, person_key=UUID(int=3), title="Chief Executive", user=User(name="Cleo Marchetti")
)


def said(way, noon):
    round_ = Round(pk=1, gate="2", n=3, initiative=Initiative(number=7))
    body = sponsor_statement(round_, NOW, way, term=TERM, printed="d" * 64, nonce="e" * 64, at=noon)
    return json.loads(body)


def test_it_says_who_as_what_which_way_and_over_what(db, noon):
    one = said(Resolved.GO, noon)

    assert (one["act"], one["capacity"], one["side"], one["term"]) == ("go", "sponsor", "", "9")
    assert (one["snapshot"], one["terms"], one["edition"]) == (NOW.snapshot, NOW.terms, NOW.edition)
    assert said(Resolved.KILL, noon)["act"] == "kill"


def test_the_reason_is_printed_with_it():
    assert json.loads(printed_of_sponsor(TERM, "Both were heard."))["reason"] == "Both were heard."
