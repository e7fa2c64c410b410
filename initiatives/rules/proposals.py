"""The four-field start, and the words that every list shows."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kernel.refusals import Blocker
from people.choices import Side

STATEMENT = "problem_statement"
# In the statement: the best answer without AI, which is the reason where AI is left out.
INSTEAD = "non_ai_option"
LIMITS = {"name": 300, "problem": 5_000, "affected": 500}
_ASK = {
    "name": "Give it a name, in a few words.",
    "problem": "Say in one sentence what goes wrong today.",
    "affected": "Say who is affected: which team, and about how many people.",
}
REASON_LIMIT = 1_000
NOT_IMPORTER = Blocker(
    "not_importer", "Only an administrator or whoever signs for a side brings in a list."
)


@dataclass(frozen=True)
class ProposalFacts:
    """What decides whether an initiative may start."""

    texts: Mapping[str, str]
    side: Side | None = None
    is_listed: bool = False
    may_import: bool = False
    key_side: Side | None = None
    only_reads: bool = False
    has_counterpart: bool = False
    counterpart_is_self: bool = False
    counterpart_only_reads: bool = False
    counterpart_key_side: Side | None = None
    reason: str = ""


def blockers_to_propose(facts: ProposalFacts) -> Iterator[Blocker]:
    """Yield every reason why the proposal cannot start an initiative."""
    if facts.only_reads:
        yield Blocker("only_reads", "The sponsor and the auditors read, and propose nothing.")
    if facts.is_listed:
        yield from _blockers_to_list(facts)
        return
    if facts.side is None:
        yield Blocker("side_missing", "Say for which side you start.", "side")
    elif facts.key_side not in (None, facts.side):
        yield Blocker("other_key", "Whoever signs for one side starts for that side.", "side")
    yield from blockers_to_name(facts.texts)
    if len(facts.reason) > REASON_LIMIT:
        yield Blocker("too_long", f"At most {REASON_LIMIT:,} characters.", "reason")
    if facts.has_counterpart:
        yield from _blockers_to_pair(facts)


def blockers_to_name(
    texts: Mapping[str, str], *, needed: Collection[str] = tuple(LIMITS)
) -> Iterator[Blocker]:
    """Yield what is wrong with name, problem and affected, which every list shows."""
    for field, most in LIMITS.items():
        text = texts.get(field, "").strip()
        if not text and field in needed:
            yield Blocker(f"{field}_missing", _ASK[field], field)
        if len(text) > most:
            yield Blocker(
                f"{field}_too_long", f"{len(text):,} characters, {most:,} at most.", field
            )
    if "\n" in texts.get("name", "").strip():
        yield Blocker("name_has_lines", "A name is one line.", "name")


def _blockers_to_list(facts: ProposalFacts) -> Iterator[Blocker]:
    """Ask of a row of a list no more than its name: what it does not say is not stated."""
    if not facts.may_import:
        yield NOT_IMPORTER
    yield from blockers_to_name(facts.texts, needed=("name",))


def _blockers_to_pair(facts: ProposalFacts) -> Iterator[Blocker]:
    if facts.counterpart_is_self:
        yield Blocker("same_person", "Your counterpart is somebody else.", "counterpart")
    if facts.counterpart_only_reads:
        yield Blocker(
            "counterpart_only_reads",
            "The sponsor and the auditors are on neither side. Choose somebody else.",
            "counterpart",
        )
    if facts.counterpart_key_side == facts.side:
        yield Blocker("counterpart_key", "Your counterpart signs for your own side.", "counterpart")
