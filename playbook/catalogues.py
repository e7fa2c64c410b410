"""The short lists: metrics, levels, operating models, risk questions, reasons, notices."""

import re

from playbook.nodes import Node
from playbook.reading import Reading, judge_unique
from playbook.shapes import (
    CUSTOM_METRIC,
    DIRECTIONS,
    OUTCOMES,
    SIDES,
    Level,
    Metric,
    Notice,
    OperatingModel,
    Option,
    Reason,
    RiskQuestion,
    Success,
)
from playbook.slots import read_options

LEVEL_CODE = re.compile(r"L[0-9]\Z")
METRIC_KEY = re.compile(r"[a-z]+\.[a-z][a-z0-9_]{0,49}\Z")
# The judgement of the risk tier is a rule of the product; the playbook words its questions.
RISK_KEYS = ("about_people", "ranks_people", "touches_jobs", "acts_alone", "watches_people")
MODEL_KEYS = ("name", "idea", "roles", "cadence", "gates", "best_when", "watch")
MOST_MEASURES = 9
# Lists of answers made from a catalogue.
BUILT_LISTS = frozenset({"metrics", "levels"})


def read_metrics(node: Node) -> tuple[Metric, ...]:
    reading = Reading(node, required=("metrics",))
    metrics = reading.things("metrics", _metric)
    judge_unique(reading.nodes("metrics"), [metric.key for metric in metrics], "metric")
    return metrics


def _metric(node: Node) -> Metric:
    reading = Reading(
        node,
        required=("key", "name", "side", "unit", "direction", "outcome"),
        optional=("logins",),
    )
    return Metric(
        key=reading.key(pattern=METRIC_KEY),
        name=reading.label("name"),
        side=reading.one_of("side", SIDES),
        unit=reading.label("unit"),
        direction=reading.one_of("direction", DIRECTIONS),
        outcome=reading.one_of("outcome", OUTCOMES),
        logins=reading.truth("logins"),
        line=reading.line,
    )


def metric_options(metrics: tuple[Metric, ...]) -> tuple[Option, ...]:
    """Return the answers of a choice of metric: all of the catalogue, and one's own."""
    named = tuple(Option(value=metric.key, label=metric.name) for metric in metrics)
    return (*named, Option(value=CUSTOM_METRIC, label="A measure of our own"))


def read_levels(node: Node) -> tuple[Level, ...]:
    reading = Reading(node, required=("levels",))
    levels = reading.things("levels", _level)
    judge_unique(reading.nodes("levels"), [level.code for level in levels], "level")
    return levels


def _level(node: Node) -> Level:
    reading = Reading(node, required=("code", "name", "human", "controls"))
    return Level(
        code=reading.key("code", LEVEL_CODE),
        name=reading.label("name"),
        human=reading.text("human"),
        controls=reading.text("controls"),
        line=reading.line,
    )


def level_options(levels: tuple[Level, ...]) -> tuple[Option, ...]:
    return tuple(Option(value=level.code, label=f"{level.code} {level.name}") for level in levels)


def read_operating_models(node: Node) -> tuple[OperatingModel, ...]:
    reading = Reading(node, required=("operating_models",))
    found = reading.things("operating_models", _operating_model)
    judge_unique(reading.nodes("operating_models"), [item.key for item in found], "model")
    return found


def _operating_model(node: Node) -> OperatingModel:
    reading = Reading(node, required=("key", *MODEL_KEYS))
    texts = {key: reading.text(key) for key in MODEL_KEYS}
    return OperatingModel(key=reading.key(), line=reading.line, **texts)


def read_risk_questions(node: Node) -> tuple[RiskQuestion, ...]:
    reading = Reading(node, required=("questions",))
    questions = reading.things("questions", _risk_question)
    if tuple(question.key for question in questions) != RISK_KEYS:
        raise reading.values["questions"].error(f"the questions are {', '.join(RISK_KEYS)}")
    return questions


def _risk_question(node: Node) -> RiskQuestion:
    reading = Reading(node, required=("key", "text", "help"))
    return RiskQuestion(
        key=reading.key(),
        text=reading.text("text"),
        help=reading.text("help"),
        line=reading.line,
    )


def read_reasons(node: Node) -> tuple[Reason, ...]:
    reading = Reading(node, required=("reasons",))
    reasons = reading.things("reasons", _reason)
    judge_unique(reading.nodes("reasons"), [reason.code for reason in reasons], "reason")
    return reasons


def _reason(node: Node) -> Reason:
    reading = Reading(node, required=("code", "label"))
    return Reason(code=reading.key("code"), label=reading.label("label"), line=reading.line)


def read_notices(reading: Reading) -> tuple[Notice, ...]:
    notices = reading.things("notices", _notice)
    judge_unique(reading.nodes("notices"), [notice.key for notice in notices], "notice")
    return notices


def _notice(node: Node) -> Notice:
    reading = Reading(node, required=("key", "title", "text"))
    return Notice(
        key=reading.key(),
        title=reading.label("title"),
        text=reading.text("text"),
        line=reading.line,
    )


def read_choices(reading: Reading) -> dict[str, tuple[Option, ...]]:
    """Return the lists of answers that several fields share."""
    lists = reading.things("choices", _choice_list)
    judge_unique(reading.nodes("choices"), [key for key, _ in lists], "list")
    for node, (key, _) in zip(reading.nodes("choices"), lists, strict=True):
        if key in BUILT_LISTS:
            raise node.error(f"the list “{key}” is made from its own file")
    return dict(lists)


def _choice_list(node: Node) -> tuple[str, tuple[Option, ...]]:
    reading = Reading(node, required=("key", "options"))
    return reading.key(), read_options(reading, "options")


def read_success(node: Node) -> Success:
    reading = Reading(
        node,
        required=("slot", "table", "least", "most", "login_words"),
        optional=("suggested",),
    )
    least = reading.whole("least", least=2)
    most = reading.whole("most", least=least)
    if most > MOST_MEASURES:
        raise reading.values["most"].error(f"“most” is at most {MOST_MEASURES}")
    return Success(
        slot=reading.key("slot"),
        table=reading.key("table"),
        least=least,
        most=most,
        login_words=tuple(word.lower() for word in reading.words("login_words")),
        suggested=reading.words("suggested"),
        line=reading.line,
    )
