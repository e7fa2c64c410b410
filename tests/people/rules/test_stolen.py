import pytest

from people.choices import Means
from people.rules.stolen import ReportFacts, blockers_to_report

OWN = {
    "is_own": True,
    "by_administrator": False,
    "person_is_active": True,
    "means": Means.PASSKEY,
    "is_held": True,
    "has_other_passkey": False,
}
FOR_THEM = {"is_own": False, "by_administrator": True}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        (FOR_THEM, []),
        ({"is_own": False}, ["not_yours"]),
        ({"person_is_active": False}, ["inactive"]),
        ({"is_held": False}, ["none"]),
        ({"means": Means.PASSWORD}, ["way_back"]),
        ({"means": Means.PASSWORD, "has_other_passkey": True}, []),
        ({"means": Means.APP}, []),
        ({**FOR_THEM, "means": Means.APP}, ["way_back"]),
        ({**FOR_THEM, "means": Means.APP, "has_other_passkey": True}, []),
        ({"password_opens": False}, []),
        ({**FOR_THEM, "password_opens": False}, ["way_back"]),
        ({**FOR_THEM, "password_opens": False, "has_other_passkey": True}, []),
        ({**FOR_THEM, "means": Means.PASSWORD}, ["way_back"]),
        ({**FOR_THEM, "means": Means.PASSWORD, "has_other_passkey": True}, []),
    ],
)
def test_who_may_report_what(changes, expected):
    found = blockers_to_report(ReportFacts(**{**OWN, **changes}))

    assert [blocker.code for blocker in found] == expected
