"""What the initiatives that a person leads still owe their next gate: for the desk."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from governance.choices import REVIEW_STATES
from governance.models import Proof, Round
from governance.queries.verdicts import Material, verdicts
from governance.rules.lacking import LackingHalf, lacking
from governance.rules.rounds import RESUME
from initiatives.choices import Standing
from initiatives.models import ArtefactVersion, Evidence, Initiative, Membership
from initiatives.rules.memberships import JOINT
from people.choices import Side
from people.rules import Authority
from playbook.playbooks import Playbook

LIMIT = 10


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """An initiative, the side that the person leads, and the halves that are theirs to fill in."""

    initiative: Initiative
    gate: str
    halves: tuple[LackingHalf, ...]


def unfinished(authority: Authority, playbook: Playbook) -> list[Unfinished]:
    """Return what the person leads and has not filled in, what came to its stage last first.

    Whatever is out for signature owes nothing now. Four queries; one for whoever leads nothing.
    """
    led = _led(authority)
    if not led:
        return []
    known = _materials([one.initiative for one in led], playbook)
    found = []
    for one in led:
        material = known[one.initiative.pk]
        gate = _gate(one.initiative)
        judged = verdicts(material, playbook.criteria_of(gate))
        halves = tuple(
            half
            for half in lacking(playbook, judged, material.missing)
            if half.side in (Side(one.side), JOINT)
        )
        if halves:
            found.append(Unfinished(initiative=one.initiative, gate=gate, halves=halves))
    return found


def _led(authority: Authority) -> list[Membership]:
    if authority.person_key is None:
        return []
    reviewed = Round.objects.filter(
        Q(gate=RESUME) | ~Q(initiative__standing=Standing.PAUSED),
        initiative=OuterRef("initiative"),
        state__in=REVIEW_STATES,
    )
    led = Membership.objects.current().leads().of_person(authority.person_key)
    mine = led.filter(~Exists(reviewed), initiative__in=Initiative.objects.under_way())
    rows = mine.select_related("initiative").order_by("-initiative__stage_since", "-initiative")
    return [one for one in rows if authority.key_side in (None, one.side)][:LIMIT]


def _materials(initiatives: list[Initiative], playbook: Playbook) -> dict[int, Material]:
    """Return what is judged, for all of them in three queries."""
    versions: dict[int, dict[str, ArtefactVersion | None]] = defaultdict(dict)
    current = ArtefactVersion.objects.filter(initiative__in=initiatives).current()
    for version in current.select_related("sealed"):
        versions[version.initiative_id][version.slot] = version
    evidence: dict[int, Counter[str]] = defaultdict(Counter)
    for piece in Evidence.objects.filter(initiative__in=initiatives).standing():
        evidence[piece.initiative_id][piece.slot] += 1
    proofs: dict[int, dict[str, Proof]] = defaultdict(dict)
    said = Proof.objects.filter(initiative__in=initiatives)
    for proof in said.order_by("initiative", "criterion", "-pk").distinct(
        "initiative", "criterion"
    ):
        proofs[proof.initiative_id][proof.criterion] = proof
    return {
        one.pk: Material(
            initiative=one,
            playbook=playbook,
            versions=versions[one.pk],
            evidence=evidence[one.pk],
            proofs=proofs[one.pk],
            # What is worked out from the record is nobody's to fill in, and not judged here.
            sides_led=frozenset(),
            early_facts=frozenset(),
        )
        for one in initiatives
    }


def _gate(initiative: Initiative) -> str:
    return RESUME if initiative.is_paused else str(initiative.stage)
