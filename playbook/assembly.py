"""The files of one folder put together, with everything that only shows between files."""

import re
from collections.abc import Iterator, Mapping

from kernel.canonical import canonical, digest
from playbook import catalogues
from playbook.gates import CriteriaFile, read_criteria, read_stages
from playbook.judgement import (
    judge_criteria,
    judge_endings,
    judge_launch_date,
    judge_problem,
    judge_scored,
    judge_slots,
    judge_success,
)
from playbook.nodes import Node
from playbook.passkeys import read_passkeys
from playbook.playbooks import Playbook
from playbook.rapid_reads import ReadTemplate, read_rapid_read
from playbook.reading import Reading
from playbook.scoring import ScoreSheet, read_scoring
from playbook.shapes import Gate, PlaybookError
from playbook.slots import Choices, SlotsFile, read_slots

FORMAT = 1
SINGLE_FILES = (
    "levels.yaml",
    "metrics.yaml",
    "operating_models.yaml",
    "playbook.yaml",
    "reasons.yaml",
    "risk.yaml",
    "stages.yaml",
    "success.yaml",
)
# Of a folder they are asked; editions that were adopted before there were such lack them for good.
SCORING_FILE, RAPID_READ_FILE = "scoring.yaml", "rapid_read.yaml"
LATER_FILES = (SCORING_FILE, RAPID_READ_FILE)
SLOTS_FILE = re.compile(r"slots_[a-z0-9_]+\.yaml\Z")
CRITERIA_FILE = re.compile(r"criteria_[a-z0-9_]+\.yaml\Z")


def assemble(nodes: Mapping[str, Node]) -> Playbook:
    """Return the playbook of these files, by name.

    :raises PlaybookError: with file, line and reason, for whatever is wrong.
    """
    head = _head(nodes)
    metrics = catalogues.read_metrics(nodes["metrics.yaml"])
    levels = catalogues.read_levels(nodes["levels.yaml"])
    stages, gates = read_stages(nodes["stages.yaml"])
    choices = {
        **catalogues.read_choices(head),
        "metrics": catalogues.metric_options(metrics),
        "levels": catalogues.level_options(levels),
    }
    chapters = _slots(nodes, choices)
    slots = tuple(slot for chapter in chapters for slot in chapter.slots)
    criteria = _criteria(nodes, gates, chapters)
    success = catalogues.read_success(nodes["success.yaml"])
    judge_success(success, slots, metrics, nodes["success.yaml"])
    data = canonical({"format": FORMAT, "files": {name: nodes[name].plain for name in nodes}})
    return Playbook(
        title=head.label("title"),
        revision=head.whole("revision", least=1),
        stages=stages,
        gates=gates,
        slots=slots,
        criteria=tuple(criterion for chapter in criteria for criterion in chapter.criteria),
        levels=levels,
        operating_models=catalogues.read_operating_models(nodes["operating_models.yaml"]),
        risk_questions=catalogues.read_risk_questions(nodes["risk.yaml"]),
        metrics=metrics,
        reasons=catalogues.read_reasons(nodes["reasons.yaml"]),
        notices=catalogues.read_notices(head),
        success=success,
        scoring=_scoring(nodes, criteria),
        rapid_read=_rapid_read(nodes),
        passkeys=read_passkeys(head),
        bytes=data,
        digest=digest(data),
    )


def _head(nodes: Mapping[str, Node]) -> Reading:
    """Return what stands in the head of the playbook, once all its files are there."""
    _judge_names(nodes)
    return Reading(
        nodes["playbook.yaml"],
        required=("title", "revision", "notices", "choices"),
        optional=("passkeys",),
    )


def _judge_names(nodes: Mapping[str, Node]) -> None:
    for name in SINGLE_FILES:
        if name not in nodes:
            raise PlaybookError(name, 0, "the file is missing")
    for name in nodes:
        known = (
            name in (*SINGLE_FILES, *LATER_FILES)
            or SLOTS_FILE.match(name)
            or CRITERIA_FILE.match(name)
        )
        if not known:
            raise PlaybookError(name, 1, "a playbook has no file of this name")


def _slots(nodes: Mapping[str, Node], choices: Choices) -> list[SlotsFile]:
    """Return the slots of every stage in order, those of a pause last."""
    chapters = [read_slots(node, choices) for node in _matching(nodes, SLOTS_FILE)]
    chapters.sort(key=lambda chapter: (chapter.stage is None, chapter.stage or 0))
    judge_slots(chapters, nodes["stages.yaml"])
    judge_problem(chapters, nodes["stages.yaml"])
    return chapters


def _criteria(
    nodes: Mapping[str, Node], gates: tuple[Gate, ...], chapters: list[SlotsFile]
) -> list[CriteriaFile]:
    """Return the criteria of every gate, in the order of the gates."""
    slots = [slot for chapter in chapters for slot in chapter.slots]
    found = [read_criteria(node, gates, slots) for node in _matching(nodes, CRITERIA_FILE)]
    found.sort(key=lambda chapter: gates.index(chapter.gate))
    judge_criteria(found, gates, nodes["stages.yaml"])
    judge_launch_date(gates, slots, nodes["stages.yaml"])
    judge_endings(gates, slots, found, nodes["stages.yaml"])
    return found


def _scoring(nodes: Mapping[str, Node], criteria: list[CriteriaFile]) -> ScoreSheet:
    """Return what is scored; nothing in an edition from before there was scoring."""
    scoring = read_scoring(nodes[SCORING_FILE]) if SCORING_FILE in nodes else ScoreSheet()
    judge_scored(criteria, scoring)
    return scoring


def _rapid_read(nodes: Mapping[str, Node]) -> ReadTemplate:
    """Return what a rapid read asks; nothing in an edition from before there was one."""
    return read_rapid_read(nodes[RAPID_READ_FILE]) if RAPID_READ_FILE in nodes else ReadTemplate()


def _matching(nodes: Mapping[str, Node], names: re.Pattern[str]) -> Iterator[Node]:
    return (node for name, node in sorted(nodes.items()) if names.match(name))
