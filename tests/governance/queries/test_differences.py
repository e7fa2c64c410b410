"""What changed between two texts, in words."""

from datetime import date

from governance.queries.differences import Condition, changes_between, changes_of_offer
from governance.queries.frozen import FrozenSlot, FrozenText, Line
from initiatives.rules.slots import CleanSlot
from playbook.load import files

PLAYBOOK = files()
SLOT = PLAYBOOK.slot("change_room_now")


def slot(n, said, *, erased=False):
    field = next(one.key for one in SLOT.fields if one.is_text)
    return FrozenSlot(
        slot=SLOT,
        n=n,
        side="people",
        author="Petra Novak",
        clean=None if erased else CleanSlot({}, {field: said}),
        erased_at=None,
    )


def text(*slots, unit="Dispatch", leads=None):
    return FrozenText(
        fingerprint="f" * 64,
        name="Dispatch helper",
        unit=unit,
        fields=(Line("unit", "Unit", unit),),
        leads=leads or {"people": "Petra Novak"},
        seats={},
        slots=slots,
        evidence=(),
        facts=(),
        criteria=(),
        previous=None,
        is_true=True,
    )


def condition(key, words="Name a person who answers appeals."):
    return Condition(
        key=key,
        text=words,
        evidence="",
        owner="Petra Novak",
        due_on=date(2027, 1, 8),
        kind="hard",
        kind_words="",
        breach_words="",
        asked_by="people",
        is_erased=False,
    )


def test_equal_texts_have_no_difference():
    assert changes_between(text(slot(1, "None")), text(slot(1, "None"))) == ()


def test_a_new_version_tells_before_and_now():
    (change,) = changes_between(text(slot(1, "None")), text(slot(2, "Some")))

    assert (change.before, change.now, change.side) == ("None", "Some", "people")
    assert change.anchor == "slot-change_room_now"


def test_a_contribution_that_came_or_went_is_told():
    come = changes_between(text(), text(slot(1, "Some")))
    gone = changes_between(text(slot(1, "Some")), text())

    assert [(one.before, one.now) for one in come] == [("", "Some")]
    assert [one.now for one in gone] == [""]


def test_an_erased_version_says_so():
    (change,) = changes_between(text(slot(1, "None")), text(slot(2, "", erased=True)))

    assert "erased" in change.now


def test_unit_and_leads_are_compared():
    changes = changes_between(text(), text(unit="Claims", leads={"people": "Ana Souza"}))

    assert [(one.before, one.now) for one in changes] == [
        ("Dispatch", "Claims"),
        ("Petra Novak", "Ana Souza"),
    ]


def test_conditions_come_and_go():
    changes = changes_of_offer([condition("c1-1")], [condition("c2-1", "Show it on the page.")])

    assert [bool(one.before) for one in changes] == [False, True]
    assert changes[0].now == "Show it on the page. (Petra Novak, 8 January 2027)"
    assert changes_of_offer([], [], ("Fix it", "Hold it"))[0].now == "Hold it"
