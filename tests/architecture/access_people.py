"""Who may open what of people: sign-in, one's own profile, people, offices and their changes."""

from allauth.usersessions.models import UserSession

from governance.operations.proposals import propose_appointment
from journal.clock import now
from people.choices import Office
from people.models import Passkey
from people.operations.invitations import invite, link_of
from tests.architecture.access import EVERYBODY, SIGNED_IN, Row
from tests.authenticator import give_passkey


def prepare(world):
    world.things["session"] = UserSession.objects.create(
        user=world.cast.petra, ip="192.0.2.1", session_key="p" * 32, user_agent="Firefox"
    )

    give_passkey(world.cast.petra, now())
    world.things["passkey"] = Passkey.objects.get(user=world.cast.petra)
    world.things["invitation"] = invite(
        actor=world.cast.ada, email="nora@example.com", office=None, title="", at=now()
    )

    world.things["change"] = propose_appointment(
        actor=world.cast.ada,
        user=world.cast.max,
        office=Office.COMMITTEE_MEMBER,
        title="Member",
        reason="Operations should be heard.",
        at=now(),
    )


def _change(world):
    return {"change_id": world.things["change"].pk}


def _invitation(world):
    return {"invitation_id": world.things["invitation"].pk}


def _link(world):
    return {"token": link_of(world.things["invitation"]).rstrip("/").rpartition("/")[2]}


def _session(world):
    return {"session_id": world.things["session"].pk}


def _word(_world):
    return {"word": "1-1-x"}


def _passkey(world):
    return {"passkey_id": world.things["passkey"].pk}


def _term(world):
    return {"term_id": world.cast.term(world.cast.kim).pk}


def _person(world):
    return {"user_id": world.cast.petra.pk}


# anonymous · employee · outsider lead · lead · contributor · CHRO · CIO · sponsor · committee ·
# auditor · administrator
OFFICERS = "sign 404 404 404 404 200 200 200 200 200 200"
KEEPER = "sign 404 404 404 404 403 403 403 403 403 200"
KEEPER_POSTS = "sign 404 404 404 404 403 403 403 403 403 422"
PROPOSER = "sign 404 404 404 404 403 403 200 403 403 200"
PROPOSER_POSTS = "sign 404 404 404 404 403 403 422 403 403 422"
# An administrator proposed it, and does not answer it.
SECOND = "sign 404 404 404 404 422 422 422 403 403 403"
SAMPLERS = "sign 403 403 403 403 {0} {0} {0} {0} {0} {0}"
KEEPER_DOES = "sign 404 404 404 404 403 403 403 403 403 302"

ROWS = (
    # Whoever is signed in already is sent on.
    Row("account_login", "GET", "200 302 302 302 302 302 302 302 302 302 302"),
    Row("account_login", "POST", "422 302 302 302 302 302 302 302 302 302 302"),
    # Without a password given just before, the code page leads back.
    Row("mfa_authenticate", "GET", EVERYBODY.format("302").replace("302", "sign", 1)),
    Row("mfa_authenticate", "POST", EVERYBODY.format("302").replace("302", "sign", 1)),
    # The script asks here what a passkey is to sign; an empty answer opens nothing.
    Row("people:sign-in-passkey", "GET", "200 302 302 302 302 302 302 302 302 302 302"),
    Row("people:sign-in-passkey", "POST", "422 302 302 302 302 302 302 302 302 302 302"),
    Row("people:sign-out", "POST", EVERYBODY.format("sign")),
    Row("people:profile-detail", "GET", SIGNED_IN.format("200")),
    Row("people:profile-detail", "POST", SIGNED_IN.format("422")),
    Row("people:profile-password", "GET", SIGNED_IN.format("200")),
    Row("people:profile-password", "POST", SIGNED_IN.format("422")),
    Row("people:factor-add", "GET", SIGNED_IN.format("200")),
    Row("people:factor-add", "POST", SIGNED_IN.format("422")),
    # None of them has an app, so there is nothing to remove or renew.
    Row("people:factor-remove", "GET", SIGNED_IN.format("302")),
    Row("people:factor-remove", "POST", SIGNED_IN.format("302")),
    Row("people:factor-codes", "GET", SIGNED_IN.format("302")),
    Row("people:factor-codes", "POST", SIGNED_IN.format("302")),
    Row("people:passkey-add", "GET", SIGNED_IN.format("200")),
    Row("people:passkey-add", "POST", SIGNED_IN.format("422")),
    # The passkey is Petra's.
    Row("people:passkey-revoke", "GET", SIGNED_IN.format("404"), args=_passkey),
    Row("people:passkey-revoke", "POST", SIGNED_IN.format("404"), args=_passkey),
    Row("people:stolen-own", "GET", SIGNED_IN.format("200")),
    Row("people:stolen-own", "POST", SIGNED_IN.format("422")),
    Row("people:stolen-of", "GET", KEEPER, args=_person),
    Row("people:stolen-of", "POST", KEEPER_POSTS, args=_person),
    # The session is Petra's, who is none of the roles.
    Row("people:session-end", "POST", SIGNED_IN.format("404"), args=_session),
    Row("people:session-end-all", "POST", SIGNED_IN.format("sign")),
    Row("people:office-list", "GET", OFFICERS),
    Row("people:office-appoint", "GET", PROPOSER),
    Row("people:office-appoint", "POST", PROPOSER_POSTS),
    Row("people:office-end", "GET", PROPOSER, args=_term),
    Row("people:office-end", "POST", PROPOSER_POSTS, args=_term),
    Row("governance:change-list", "GET", OFFICERS),
    Row("governance:change-detail", "GET", OFFICERS, args=_change),
    Row("governance:change-detail", "POST", SECOND, args=_change),
    Row("governance:change-take-back", "POST", KEEPER_DOES, args=_change),
    Row("governance:change-recover", "GET", PROPOSER, args=_person),
    Row("governance:handover-detail", "GET", KEEPER, args=_person),
    Row("governance:handover-detail", "POST", KEEPER_POSTS, args=_person),
    Row("governance:record-sample", "GET", SAMPLERS.format("200")),
    Row("governance:record-sample", "POST", SAMPLERS.format("422")),
    Row("governance:change-recover", "POST", PROPOSER_POSTS, args=_person),
    Row("people:person-add", "GET", KEEPER),
    Row("people:person-add", "POST", KEEPER_POSTS),
    Row("people:person-leave", "GET", KEEPER, args=_person),
    Row("people:person-leave", "POST", KEEPER_DOES, args=_person),
    Row("people:invitation-add", "GET", KEEPER),
    Row("people:invitation-add", "POST", KEEPER_POSTS),
    Row("people:invitation-import", "GET", KEEPER),
    Row("people:invitation-import", "POST", KEEPER_POSTS),
    Row("people:invitation-send", "POST", KEEPER_DOES, args=_invitation),
    Row("people:invitation-withdraw", "POST", KEEPER_DOES, args=_invitation),
    # Here mails go nowhere; where they go to a folder, administrators read them.
    Row("people:mail-list", "GET", KEEPER.replace("200", "404")),
    # A link that opens nothing any more; one that does is in tests/people/views.
    Row("people:password-choose", "GET", EVERYBODY.format("410"), _word),
    Row("people:password-choose", "POST", EVERYBODY.format("410"), _word),
    # A link is for somebody who is not signed in.
    Row("people:invitation-accept", "GET", EVERYBODY.format("409").replace("409", "200", 1), _link),
    Row(
        "people:invitation-accept", "POST", EVERYBODY.format("409").replace("409", "422", 1), _link
    ),
)
