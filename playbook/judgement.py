"""What only shows when the files lie side by side."""

from collections.abc import Iterable, Sequence

from playbook.gates import RESUME, STAGE_COUNT, CriteriaFile
from playbook.nodes import Node
from playbook.reading import judge_unique
from playbook.scoring import ScoreSheet
from playbook.shapes import BLIND_SCORES, Criterion, Gate, Metric, Slot, Success
from playbook.slots import SlotsFile

BINDING_KINDS = frozenset({"must", "hard"})
# The start of every initiative and the names in lists come from these fields.
PROBLEM_SLOT = "problem_statement"
PROBLEM_FIELDS = ("name", "problem", "affected")
MEASURE_COLUMNS = ("metric", "name", "outcome", "owner", "baseline", "target", "unit")


def judge_slots(chapters: Sequence[SlotsFile], stages: Node) -> None:
    """Refuse a slot key that stands twice in any two files, and a stage without slots."""
    nodes = [node for chapter in chapters for node in chapter.nodes]
    judge_unique(nodes, [slot.key for chapter in chapters for slot in chapter.slots], "slot")
    for chapter in chapters:
        if chapter.stage is not None and chapter.stage > STAGE_COUNT:
            raise chapter.node.error(f"there is no stage {chapter.stage}")
        if chapter.stage is None and chapter.gate != RESUME:
            raise chapter.node.error(f"only the gate “{RESUME}” has slots of its own")
    found = {chapter.gate for chapter in chapters}
    for number in range(1, STAGE_COUNT + 1):
        if str(number) not in found:
            raise stages.error(f"stage {number} has no slots")


def judge_problem(chapters: Sequence[SlotsFile], stages: Node) -> None:
    """Refuse a playbook without the fields that every initiative starts from."""
    for chapter in chapters:
        for node, slot in zip(chapter.nodes, chapter.slots, strict=True):
            if slot.key != PROBLEM_SLOT:
                continue
            texts = {field.key for field in slot.fields if field.is_text}
            if slot.stage == 1 and texts.issuperset(PROBLEM_FIELDS):
                return
            raise node.error(f"in stage 1 it needs the texts {', '.join(PROBLEM_FIELDS)}")
    raise stages.error(f"the slot “{PROBLEM_SLOT}” is missing, which every initiative starts from")


def judge_criteria(chapters: Sequence[CriteriaFile], gates: Iterable[Gate], stages: Node) -> None:
    """Refuse a criterion key twice, and a gate that one side could pass without a must."""
    nodes = [node for chapter in chapters for node in chapter.nodes]
    keys = [criterion.key for chapter in chapters for criterion in chapter.criteria]
    judge_unique(nodes, keys, "criterion")
    for gate in gates:
        own = [chapter for chapter in chapters if chapter.gate == gate]
        if not own:
            raise stages.error(f"the gate “{gate.key}” has no criteria")
        criteria = [criterion for chapter in own for criterion in chapter.criteria]
        for side in ("technology", "people"):
            if not any(_binds(criterion, side) for criterion in criteria):
                raise own[0].node.error(
                    f"the gate “{gate.key}” has no must for {side}: each side needs at least one"
                )


def judge_scored(chapters: Iterable[CriteriaFile], scoring: ScoreSheet) -> None:
    """Refuse a gate that asks for blind scores where nothing says what is scored."""
    for chapter in chapters:
        for node, criterion in zip(chapter.nodes, chapter.criteria, strict=True):
            if criterion.computed == BLIND_SCORES and not scoring.criteria:
                raise node.error("it asks for scores, and scoring.yaml names nothing to score")


def _binds(criterion: Criterion, side: str) -> bool:
    """Return whether the criterion is one the side cannot pass without, whatever the verdict."""
    return criterion.side == side and criterion.kind in BINDING_KINDS and not criterion.verdicts


def judge_launch_date(gates: Iterable[Gate], slots: Iterable[Slot], stages: Node) -> None:
    """Refuse a launch date that no slot of the gate holds."""
    known = {slot.key: slot for slot in slots}
    for gate in gates:
        if gate.launch_date is None:
            continue
        key, wanted = gate.launch_date
        slot = known.get(key)
        dates = {field.key for field in slot.fields if field.type == "date"} if slot else set()
        if slot is None or slot.stage != gate.stage or wanted not in dates:
            raise stages.error(f"“launch_date” of gate “{gate.key}” names no date of its stage")


def judge_endings(
    gates: Iterable[Gate], slots: Iterable[Slot], chapters: Iterable[CriteriaFile], stages: Node
) -> None:
    """Refuse an end that no answer of the stage gives, or that asks what the gate does not."""
    known = {slot.key: slot for slot in slots}
    criteria = {one.key for chapter in chapters for one in chapter.criteria}
    for gate in gates:
        if (ending := gate.ending) is None:
            continue
        slot = known.get(ending.slot)
        fields = {field.key: field for field in slot.fields} if slot else {}
        options = fields[ending.field].options if ending.field in fields else ()
        if slot is None or slot.stage != gate.stage:
            raise stages.error(f"“ends” of gate “{gate.key}” names no slot of its stage")
        if not {option.value for option in options}.issuperset(ending.answers):
            raise stages.error(f"“ends” of gate “{gate.key}” names no answer of that slot")
        if not criteria.issuperset(ending.asks):
            raise stages.error(f"“ends” of gate “{gate.key}” asks what is no criterion")


def judge_success(
    success: Success, slots: Iterable[Slot], metrics: Iterable[Metric], node: Node
) -> None:
    """Refuse a success statement that lacks slot or column, or suggests what is no metric."""
    found = [slot for slot in slots if slot.key == success.slot]
    if not found:
        raise node.error(f"the slot “{success.slot}” does not exist")
    tables = [field for field in found[0].fields if field.key == success.table]
    if not tables or tables[0].type != "table":
        raise node.error(f"the slot “{success.slot}” has no table “{success.table}”")
    columns = {column.key for column in tables[0].columns}
    for key in MEASURE_COLUMNS:
        if key not in columns:
            raise node.error(f"the table “{success.table}” lacks the column “{key}”")
    known = {metric.key for metric in metrics}
    for key in success.suggested:
        if key not in known:
            raise node.error(f"“{key}” is suggested, and metrics.yaml does not name it")
    if len(success.suggested) > success.most:
        raise node.error(f"more than {success.most} measures are suggested")
