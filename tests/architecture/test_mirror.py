"""Who knows a module knows where its test is: governance/rules/gates.py has its mirror.

`tests/governance/rules/test_gates.py`. A room that is one file is mirrored by one file.
"""

from tests.architecture.tree import APPS, ROOT, sources

ROOMS = {"rules", "operations", "queries"}
# Modules whose promises another test keeps: each with the place.
ELSEWHERE: dict[str, str] = {
    # An offer ends in a passage, the founding in an adoption.
    "governance.operations.founding": "tests/governance/operations/test_editions.py",
    "governance.queries.holdings": "tests/governance/operations/test_holdings.py",
    "governance.operations.lending": "tests/governance/operations/test_delegations.py",
    "governance.queries.held": "tests/governance/operations/test_locking.py",
    "governance.queries.recused": "tests/governance/operations/test_recusals.py",
    "governance.queries.delegation_desk": "tests/governance/views/test_delegations.py",
    "governance.queries.delegation_mails": "tests/governance/views/test_delegations.py",
    "governance.queries.delegation_pages": "tests/governance/views/test_delegations.py",
    "governance.queries.delegation_facts": "tests/governance/operations/test_delegations.py",
    "governance.operations.retrospectives": "tests/governance/operations/test_resolutions.py",
    "governance.operations.disagreeing": "tests/governance/operations/test_disagreements.py",
    "governance.operations.offers": "tests/governance/operations/test_passing.py",
    # What the initiative page says of its gates is proved on that page.
    "governance.queries.progress": "tests/initiatives/views/test_initiatives.py",
    # Evidence is taken in, stored and read again by the acts on it, whatever file does which part.
    "initiatives.operations.files": "tests/initiatives/operations/test_evidence.py",
    "initiatives.operations.pieces": "tests/initiatives/operations/test_evidence.py",
    "initiatives.operations.requests": "tests/initiatives/operations/test_captures.py",
    "initiatives.queries.captures": "tests/initiatives/operations/test_captures.py",
    "initiatives.queries.evidence": "tests/initiatives/operations/test_evidence.py",
    "initiatives.queries.files": "tests/initiatives/operations/test_evidence.py",
    "initiatives.queries.targets": "tests/initiatives/operations/test_evidence.py",
    "initiatives.rules.office_files": "tests/initiatives/rules/test_files.py",
    # What stands in rows is read where it was written.
    "initiatives.queries.facts": "tests/initiatives/operations/test_facts.py",
    "initiatives.queries.memberships": "tests/initiatives/operations/test_memberships.py",
    "initiatives.queries.signed": "tests/initiatives/rules/test_signed.py",
    "workforce.queries": "tests/workforce/test_operations.py",
    # Parts of one page, tested with it.
    "governance.queries.disagreement_views": "tests/governance/queries/test_disagreements.py",
    "initiatives.queries.artefacts": "tests/initiatives/queries/test_initiatives.py",
    "governance.queries.handovers": "tests/governance/operations/test_handovers.py",
    "initiatives.queries.days": "tests/initiatives/queries/test_involvement.py",
    # Sorting, keeping and archiving are read where they are done.
    "governance.queries.archives": "tests/governance/operations/test_archives.py",
    "governance.queries.chosen": "tests/governance/views/test_chosen.py",
    "governance.queries.portfolio_sheet": "tests/governance/views/test_portfolio_exports.py",
    "initiatives.queries.saved_views": "tests/initiatives/operations/test_saved_views.py",
    "initiatives.queries.table_filters": "tests/initiatives/queries/test_tables.py",
    "initiatives.queries.tags": "tests/initiatives/operations/test_tags.py",
    # Names of rows for pages, nothing that could fail.
    "initiatives.queries.hits": "tests/initiatives/queries/test_search.py",
    "initiatives.queries.deferrals": "tests/initiatives/operations/test_deferrals.py",
    "initiatives.queries.rows": "tests/architecture/test_map.py",
}


def mirror_of(path, root=ROOT):
    """Return where the test of this module belongs."""
    *folders, name = path.relative_to(root).parts
    return root.joinpath("tests", *folders, f"test_{name}")


def modules_without_mirror(root=ROOT):
    for path in sources(*APPS, root=root):
        parts = path.relative_to(root).with_suffix("").parts
        if parts[1] in ROOMS and parts[-1] != "__init__" and not mirror_of(path, root).exists():
            yield ".".join(parts)


def test_every_rule_operation_and_query_has_its_test():
    assert sorted(set(modules_without_mirror()) - ELSEWHERE.keys()) == []


def test_no_exception_outlives_its_reason():
    assert sorted(ELSEWHERE.keys() - set(modules_without_mirror())) == []
    for place in ELSEWHERE.values():
        assert (ROOT / place).exists(), place


def test_a_module_without_its_mirror_is_named(tmp_path):
    for name in ("governance/rules/gates.py", "people/rules.py", "tests/people/test_rules.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert [*modules_without_mirror(tmp_path)] == ["governance.rules.gates"]
