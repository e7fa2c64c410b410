import pytest

from playbook.load import read
from playbook.shapes import PlaybookError

P, S, G1, G3, G4 = (
    "slots_1_problem.yaml",
    "stages.yaml",
    "criteria_1_problem.yaml",
    "criteria_3_deployment.yaml",
    "criteria_4_measurement.yaml",
)


NAME_FIELD = "      - key: name\n        label: Name\n        type: text\n"


FREQUENCY = "label: How often it happens\n        type: text"


COST = "label: What it costs a year today\n        type: money"


WITH = "        goes_with: outcome\n"


MANAGERS = '    unit: "%"\n    met_at: 90\n    stop_below: 70\n'


@pytest.mark.parametrize(
    "case",
    [
        # keys and types
        (P, "    side: joint\n", "    side: joint\n    colour: red\n", 1, "“colour” is not known"),
        (P, "    help: What goes wrong today", "    hint: x", 0, "not known here"),
        (P, "    label: The problem\n", "", -2, "the key “label” is missing"),
        (P, "label: The problem\n", "label: 7\n", 0, "“label” must be a text"),
        (P, "label: The problem\n", 'label: " "\n', 0, "“label” is empty"),
        (P, "label: The problem\n", f"label: {'x' * 201}\n", 0, "longer than 200"),
        (G1, "key: g1_bottleneck_confirmed", f"key: g1_{'x' * 28}", 0, "is longer than 30"),
        (P, "key: problem_statement", "key: Problem-Statement", 0, "is no key"),
        (P, "key: problem_statement", "key: problem_statement\n    key: x", 1, "stands here twice"),
        (P, "    side: joint", "    side: hr", 0, "“hr” is not one of joint, people, technology"),
        (P, "stage: 1", 'stage: "1"', 0, "must be a whole number"),
        (P, "stage: 1", "stage: true", 0, "must be a whole number"),
        (P, "stage: 1", "stage: 0", 0, "must be at least 1"),
        (P, "stage: 1", "stage: 5", 0, "there is no stage 5"),
        (P, "stage: 1\n", "stage: 1\ngate: resume\n", 0, "either which “stage” or which “gate”"),
        (P, "stage: 1\n", "", 0, "either which “stage” or which “gate”"),
        (P, "stage: 1\n", 'gate: "1"\n', 0, "only the gate “resume”"),
        (P, "required: true", "required: 1", 0, "must be true or false"),
        # fields
        (P, "        type: text\n", "", -2, "needs the key “type”"),
        (P, FREQUENCY, FREQUENCY.replace(": text", ": string"), 1, "“string” is not one of"),
        (P, FREQUENCY, FREQUENCY + "\n        unit: h", 2, "“unit” is not known"),
        (P, "- key: affected", "- key: name", 0, "the field “name” stands here twice"),
        (P, COST, COST + '\n        min_value: "1,5"', 2, "is no number"),
        (P, COST, COST + "\n        min_value: true", 2, "must be a number"),
        (P, COST, COST + "\n        min_value: 5\n        max_value: 4", 3, "is below “min_value”"),
        (P, "min_value: 1", "min_value: 1\n        decimals: 9", 1, "at most 6 decimals"),
        (P, "        min_items: 2", "        min_items: 21", 0, "“min_items” is above 20"),
        (P, "max_items: 5", "max_items: 201", 0, "at most 200"),
        (P, "options_from: metrics", "options_from: moods", 0, "“moods” is not one of"),
        (P, "            options_from: metrics\n", "", -4, "either “options” or “options_from”"),
        (P, 'settled_by: ["no"]', "settled_by: [never]", 0, "“never” is none of the options"),
        (P, 'settled_by: ["no"]', 'settled_by: ["no", "no"]', 0, "stands here twice"),
        (P, 'settled_by: ["no"]', "settled_by: []", 0, "is empty"),
        (P, 'settled_by: ["no"]', "settled_by: nothing", 0, "must be a list"),
        (P, WITH, "", -4, "“goes_with” and “empty_when” stand together"),
        (P, WITH, WITH.replace("outcome", "promises"), -4, "“promises” is no choice of this slot"),
        (P, "[none_found]", "[never]", -5, "“never” is no answer of “outcome”"),
        (P, "{value: without_ai", "{value: use_ai", 0, "the option “use_ai” stands here twice"),
        (P, "              - {value: human", "              - {word: human", 0, "not known"),
        # criteria
        (G1, 'gate: "1"', 'gate: "9"', 0, "is not one of"),
        (G1, 'gate: "1"', "gate: 1", 0, "must be a text"),
        (G1, "kind: must", "kind: nice", 0, "“nice” is not one of hard, must, should"),
        (G1, "axis: workforce", "axis: money", 0, "“money” is not one of"),
        (G1, "proof: artefact", "proof: hope", 0, "“hope” is not one of"),
        (G1, "    proof: artefact\n", "", -4, "needs the key “proof”"),
        (G1, "    slots: [problem_statement]\n", "", -5, "the key “slots” is missing"),
        (G1, "[problem_statement]", "[no_such_slot]", 0, "“no_such_slot” does not exist"),
        (G1, "[problem_statement]", "[exit_plan]", 0, "opens after this gate"),
        (G1, "[problem_statement]", "[organisational_context]", 0, "it proves nothing"),
        (G1, "computed: no_vendor_commitment", "computed: magic", 0, "“magic” is not one of"),
        (G1, "key: g1_success_statement", "key: g1_problem_evidenced", 0, "stands here twice"),
        (G3, "key: g3_pilot", "key: g1_problem_evidenced", 0, "stands here twice"),
        (G3, MANAGERS, '    unit: "%"\n', -6, "needs both “unit” and “met_at”"),
        (G3, MANAGERS, "    stop_below: 70\n", 0, "“stop_below” needs a “met_at”"),
        (G3, "stop_below: 70", "stop_below: 95", 0, "“stop_below” needs a “met_at”"),
        (G3, "    proof: attested", "    proof: attested\n    weight: 11", 1, "at most 10"),
        (G4, "verdicts: [scale]", "verdicts: [sell]", 0, "“sell” is no verdict"),
        (G1, "criteria:\n", "criteria: []\nmore:\n", 1, "“more” is not known"),
        # stages and gates
        (S, "number: 2", "number: 3", -10, "numbered 1 to 4"),
        (S, "key: design", "key: problem", -1, "the stage “problem” stands here twice"),
        (S, "[launch_plan, launch_on]", "[launch_plan]", 0, "names a slot and its field"),
        (S, "[launch_plan, launch_on]", "[launch_plan, first_wave]", None, "names no date"),
        (S, "[launch_plan, launch_on]", "[no_plan, launch_on]", None, "names no date"),
        (S, "field: ai_answer", "field: problem", None, "names no answer of that slot"),
        (S, "slot: problem_statement", "slot: no_slot", None, "names no slot of its stage"),
        (S, "leave_it]", "perhaps]", None, "names no answer of that slot"),
        (S, "g1_accountable_pair]", "g1_nothing]", None, "asks what is no criterion"),
        (S, '  - key: "4"', '  - key: "3"', 0, "the gate “3” stands here twice"),
        # catalogues
        ("levels.yaml", "code: L1", "code: L0", 0, "the level “L0” stands here twice"),
        ("levels.yaml", "code: L1", "code: one", 0, "is no key"),
        ("metrics.yaml", "tech.latency_p95", "tech.availability", 0, "stands here twice"),
        ("metrics.yaml", "tech.latency_p95", "latency", 0, "is no key"),
        ("metrics.yaml", "direction: lower", "direction: down", 0, "is not one of"),
        ("metrics.yaml", "outcome: technical", "outcome: fun", 0, "is not one of"),
        ("risk.yaml", "key: ranks_people", "key: scores_people", None, "the questions are"),
        ("reasons.yaml", "code: other", "code: fairness", 0, "stands here twice"),
        ("operating_models.yaml", "key: decoupled", "key: joint_sprint", 0, "stands here twice"),
        ("playbook.yaml", "key: data_classes", "key: approved_instances", 0, "stands here twice"),
        ("playbook.yaml", "key: owners", "key: yes_no", 0, "stands here twice"),
        ("playbook.yaml", "key: owners", "key: levels", 0, "made from its own file"),
        ("playbook.yaml", "revision: 1", "revision: 0", 0, "must be at least 1"),
        ("success.yaml", "slot: success_statement", "slot: dreams", None, "does not exist"),
        ("success.yaml", "table: measures", "table: by", None, "has no table “by”"),
        ("success.yaml", "table: measures", "table: nowhere", None, "has no table “nowhere”"),
        ("success.yaml", "[tech.data_accuracy", "[tech.guesses", None, "does not name it"),
        (
            "success.yaml",
            "suggested: [",
            "suggested: [adopt.rate, adopt.state, trust.appeals, ",
            None,
            "more than 5",
        ),
        ("success.yaml", "most: 5", "most: 2", 0, "must be at least 3"),
        ("success.yaml", "most: 5", "most: 50", 0, "at most 9"),
        (P, "          - key: target\n", "          - key: goal\n", None, "lacks the column"),
    ],
)
def test_a_wrong_file_is_refused_with_file_line_and_reason(folder, edit, case):
    name, old, new, moved, reason = case
    line = edit(name, old, new)

    with pytest.raises(PlaybookError) as caught:
        read(folder)

    error = caught.value
    assert reason in error.reason
    assert error.line > 0
    if moved is not None:
        assert str(error).startswith(f"{name}:")
        expected = line + moved
        assert error.line == expected, f"{error} (edited line {line})"


def test_a_gate_that_one_side_could_pass_without_a_must_is_refused(folder):
    path = folder / "criteria_resume.yaml"
    path.write_text(path.read_text().replace("side: people", "side: joint"))

    with pytest.raises(PlaybookError, match=r"^criteria_resume\.yaml:2: .*no must for people"):
        read(folder)


def test_a_must_that_binds_for_one_verdict_only_is_not_enough(folder, edit):
    edit(G4, "    proof: attested\n", "    proof: attested\n    verdicts: [scale]\n")

    with pytest.raises(PlaybookError, match="the gate “4” has no must for technology"):
        read(folder)


def test_a_gate_without_criteria_is_refused(folder):
    (folder / "criteria_resume.yaml").unlink()

    with pytest.raises(PlaybookError, match="the gate “resume” has no criteria"):
        read(folder)


def test_a_missing_gate_is_refused(folder, edit):
    path = folder / S
    path.write_text(path.read_text().split("  - key: resume")[0])

    with pytest.raises(PlaybookError, match="the gate “resume” is missing"):
        read(folder)


def test_a_stage_without_slots_is_refused(folder):
    (folder / "slots_4_measurement.yaml").unlink()

    with pytest.raises(PlaybookError, match=r"stages\.yaml:\d+: stage 4 has no slots"):
        read(folder)


def test_the_start_of_every_initiative_must_be_there(folder, edit):
    edit(P, NAME_FIELD, NAME_FIELD.replace("key: name", "key: title"))

    with pytest.raises(PlaybookError, match=r"slots_1_problem\.yaml:\d+: in stage 1 it needs"):
        read(folder)


def test_a_playbook_without_a_problem_is_refused(folder, edit):
    edit(P, "key: problem_statement", "key: statement")

    with pytest.raises(PlaybookError, match="“problem_statement” is missing"):
        read(folder)


def test_a_second_field_for_evidence_is_refused(folder, edit):
    edit(P, FREQUENCY, FREQUENCY.replace("type: text", "type: evidence"))

    with pytest.raises(PlaybookError, match=r"slots_1_problem\.yaml:\d+: .*one field for evidence"):
        read(folder)


def test_a_table_needs_columns_and_none_of_them_is_a_table(folder, edit):
    edit(P, FREQUENCY, FREQUENCY.replace("type: text", "type: table"))
    with pytest.raises(PlaybookError, match="a table needs “columns”"):
        read(folder)

    edit(P, "type: table", "type: table\n        columns: [{key: a, label: A, type: table}]")
    with pytest.raises(PlaybookError, match="“table” is not one of"):
        read(folder)


@pytest.mark.parametrize("name", ["levels.yaml", "stages.yaml", "success.yaml"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()

    with pytest.raises(PlaybookError, match=rf"^{name}: the file is missing"):
        read(folder)


@pytest.mark.parametrize("name", ["notes.yaml", "slots.yml", "Slots_1.yaml", "criteria_.YAML"])
def test_a_file_that_has_no_place_is_named(folder, name):
    (folder / name).write_text("a: 1\n")

    with pytest.raises(PlaybookError, match=r"no file of this name"):
        read(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(PlaybookError, match=r"nowhere: cannot be read"):
        read(tmp_path / "nowhere")


@pytest.mark.parametrize("top", ["- a\n", "just words\n", "7\n"])
def test_a_file_without_keys_is_refused(folder, top):
    (folder / "levels.yaml").write_text(top)

    with pytest.raises(PlaybookError, match=r"^levels\.yaml:1: here should stand keys"):
        read(folder)
