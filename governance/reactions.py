"""What governance does when something happens: voids within the transaction, mails after it."""

from collections.abc import Iterable
from datetime import date

from governance.choices import REVIEW_STATES, ChangeKind, ReturnReason, VoidCause
from governance.models import Change, Round
from governance.operations.delegations import void_of_leaver
from governance.operations.locking import locked_round
from governance.operations.proposals import enter_proposal
from governance.operations.thefts import void_undecided
from governance.operations.voids import return_round, standing_signatures
from governance.queries.change_mails import mail_about_recovery, mails_about_change
from governance.queries.delegation_facts import side_of_part, stands_in_until
from governance.queries.delegation_mails import WORDS, delegation_mails
from governance.queries.mails import TOLD, Mail, mails_about
from governance.queries.rounds import open_round_of
from governance.queries.signal_mails import mails_about_repetition
from governance.queries.snapshots import snapshot_body
from governance.rules.rounds import blockers_to_change_model
from initiatives.models import Initiative, Membership
from initiatives.operations.details import DetailsRefusedError
from journal.acts import seal
from journal.kinds import Kind
from journal.models import Entry
from journal.subscriptions import Happening, on, within
from journal.transports import send_mail
from kernel.canonical import digest
from kernel.refusals import Blocker, RefusedError, StaleError
from people.choices import SIDE_OF_KEY, SINGLE_OFFICES, Office
from people.models import Invitation, OfficeTerm, StolenReport, User
from people.operations.offices import end_counter_signing

INVITED = "Invited to this office by mail, and accepted."


class VoidsSignaturesError(StaleError):
    """The edit would void signatures that the editor was not shown. Nothing was changed."""

    def __init__(self, signatures: list[int], names: list[str]) -> None:
        """Say whose signatures they are; `signatures` is what the editor may accept."""
        self.signatures = signatures
        count = "one signature" if len(signatures) == 1 else f"{len(signatures)} signatures"
        super().__init__(
            Blocker("voids", f"This voids {count} ({', '.join(names)}). Confirm it to go on.")
        )


class CopyWaitsError(RefusedError):
    """A copy was fetched before a round was sent, and would be kept after it."""

    def __init__(self) -> None:
        """Say why it is made again."""
        super().__init__(Blocker("copy_waits", "A round was sent at this moment. It comes later."))


class StandsInError(RefusedError):
    """Somebody who signs in a holder's place cannot also speak for the other side."""

    def __init__(self, until: date) -> None:
        """Say how long the delegation lasts, and what ends it."""
        words = (
            f"This person signs in the place of the other side's office until {until:%-d %B %Y}."
            " That must be revoked first."
        )
        super().__init__(Blocker("stands_in", words))


@within(Kind.INITIATIVE_CHANGED)
def keep_the_operating_model_between_gates(happening: Happening) -> None:
    """Refuse another operating model after gate 2 unless a gate is being prepared.

    :raises DetailsRefusedError: naming the field, and the way on.
    """
    initiative = happening.thread
    changed = happening.data.get("changed", {})
    if not isinstance(initiative, Initiative) or "operating_model" not in changed:
        return
    round_ = open_round_of(initiative)
    state = round_.state if round_ else ""
    if blockers := [*blockers_to_change_model(stage=initiative.stage, state=state)]:
        raise DetailsRefusedError(*blockers)


@within(
    Kind.SLOT_SAVED,
    Kind.EVIDENCE_ADDED,
    Kind.EVIDENCE_WITHDRAWN,
    Kind.INITIATIVE_CHANGED,
    Kind.FACT_RECORDED,
    Kind.MEMBER_JOINED,
    Kind.MEMBER_LEFT,
    Kind.CRITERION_ATTESTED,
    Kind.CRITERION_WAIVED,
    Kind.SCORING_OPENED,
)
def end_review_of_changed_content(happening: Happening) -> None:
    """Send back every round whose frozen bytes are no longer what its rows give (T10, V1, V4).

    :raises VoidsSignaturesError: when a live signature would be voided without the editor's word.
    """
    rounds = Round.objects.filter(
        initiative=happening.thread.pk if happening.thread else None, state__in=REVIEW_STATES
    )
    for pk in rounds.order_by("pk").values_list("pk", flat=True):
        round_ = locked_round(pk)
        if digest(snapshot_body(round_, happening.at)) == round_.snapshot.digest:
            continue
        live = standing_signatures(round_)
        unseen = [one.pk for one in live if one.pk not in happening.accepts_voids]
        if unseen:
            raise VoidsSignaturesError([one.pk for one in live], [one.signer.name for one in live])
        return_round(
            round_=round_,
            reason=ReturnReason.CONTENT_CHANGED,
            cause=VoidCause.CONTENT_CHANGED,
            caused_by=happening.subject,
            actor=happening.actor,
            at=happening.at,
        )


@within(Kind.COPY_KEPT)
def leave_what_is_frozen_alone(happening: Happening) -> None:
    """Let a copy wait that would stand in what was sent at the same moment; it is made later.

    :raises CopyWaitsError: when a round in review would no longer be what its rows give.
    """
    initiative = happening.thread.pk if happening.thread else None
    for round_ in Round.objects.filter(initiative=initiative, state__in=REVIEW_STATES):
        if digest(snapshot_body(round_, happening.at)) != round_.snapshot.digest:
            raise CopyWaitsError


@within(Kind.OFFICE_TAKEN, Kind.OFFICE_LEFT)
def end_reviews_of_changed_seats(happening: Happening) -> None:
    """Send back what waits for signature when a key changes hands, for the new name (V7, I5)."""
    term = happening.subject
    if not isinstance(term, OfficeTerm) or Office(term.office) not in SIDE_OF_KEY:
        return
    rounds = Round.objects.filter(state__in=REVIEW_STATES).order_by("pk")
    for pk in rounds.values_list("pk", flat=True):
        return_round(
            round_=locked_round(pk),
            reason=ReturnReason.CONTENT_CHANGED,
            cause=VoidCause.AUTHORITY_CHANGED,
            caused_by=term,
            actor=happening.actor,
            at=happening.at,
        )


@within(Kind.OFFICE_LEFT)
def let_no_counter_signer_stay_alone(happening: Happening) -> None:
    """End what was named beside one person with both titles, once that person leaves (D-6)."""
    term = happening.subject
    if isinstance(term, OfficeTerm) and isinstance(happening.actor, User):
        end_counter_signing(beside=term, actor=happening.actor, at=happening.at)


@within(Kind.INVITATION_ACCEPTED)
def propose_the_office_of_an_invitation(happening: Happening) -> None:
    """Propose the office in the inviter's name where an invitation alone may not fill it (I19)."""
    invitation, person = happening.subject, happening.actor
    if not (happening.data["takes_two"] and isinstance(invitation, Invitation)):
        return
    change = Change(kind=ChangeKind.APPOINTMENT, office=invitation.office)
    change.user = person if isinstance(person, User) else None
    change.title = seal(invitation.title, person=change.user)
    enter_proposal(change, actor=invitation.invited_by, reason=INVITED, at=happening.at)


@within(Kind.MEMBER_JOINED, Kind.OFFICE_TAKEN)
def keep_stand_ins_on_one_side(happening: Happening) -> None:
    """Refuse the other side, or the sponsor's office, to whoever signs in a holder's place (I18).

    :raises StandsInError: naming the way out.
    """
    taken = happening.subject
    if not isinstance(taken, Membership | OfficeTerm):
        return
    if isinstance(taken, OfficeTerm) and Office(taken.office) not in SINGLE_OFFICES:
        return
    initiative_id = taken.initiative_id if isinstance(taken, Membership) else None
    held = stands_in_until(
        taken.person_key, side_of_part(taken), initiative_id=initiative_id, at=happening.at
    )
    if held is not None:
        raise StandsInError(held)


@within(Kind.MEANS_REPORTED, Kind.SECOND_FACTOR_RECOVERED)
def void_what_another_may_have_signed(happening: Happening) -> None:
    """Void all that a person signed and nobody decided yet: a thief or finder may have (V9)."""
    subject, actor = happening.subject, happening.actor
    if isinstance(subject, StolenReport | User) and isinstance(actor, User):
        void_undecided(report=subject, actor=actor, at=happening.at)


@within(Kind.PERSON_DEACTIVATED)
def void_what_a_leaver_signed_for_others(happening: Happening) -> None:
    """Void what whoever leaves has signed in a holder's place, as if that were revoked (V7)."""
    if isinstance(happening.subject, User) and isinstance(happening.actor, User):
        void_of_leaver(user=happening.subject, actor=happening.actor, at=happening.at)


@on(*TOLD)
def tell_the_pair(entry: Entry) -> None:
    """Write to both offices, each once per entry; a repeated delivery carries the same id."""
    _send(mails_about(entry), entry)


@on(Kind.CHANGE_PROPOSED, Kind.CHANGE_CONFIRMED, Kind.CHANGE_REFUSED, Kind.CHANGE_TAKEN_BACK)
def tell_of_a_change(entry: Entry) -> None:
    """Write to whoever may be the second person, and later to whom the answer concerns."""
    _send(mails_about_change(entry), entry)


@on(*WORDS)
def tell_both_of_a_delegation(entry: Entry) -> None:
    """Write to whoever asked and whoever is asked, each once per entry."""
    _send(delegation_mails(entry), entry)


@on(Kind.SECOND_FACTOR_RECOVERED)
def tell_whose_factor_is_removed(entry: Entry) -> None:
    """Write to whoever lost the second factor: how to go on, and what if nobody asked."""
    mail = mail_about_recovery(entry)
    _send([mail] if mail else [], entry)


@on(Kind.FACT_RECORDED)
def tell_the_sponsor_of_a_repetition(entry: Entry) -> None:
    """Write to the sponsor once a side entered the second fact before its gate within a year."""
    _send(mails_about_repetition(entry), entry)


def _send(mails: Iterable[Mail], entry: Entry) -> None:
    """Send each once per entry; a repeated delivery carries the same id."""
    for mail in mails:
        send_mail(
            to=mail.to,
            subject=mail.subject,
            body=mail.body,
            reference=f"entry-{entry.seq}-{mail.recipient}",
        )
