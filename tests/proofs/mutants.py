"""Which rules are mutated, by which tests they are judged, and which mutants are the same rule."""

from dataclasses import dataclass

APPS = (
    "config",
    "demonstration",
    "governance",
    "metrics",
    "initiatives",
    "workforce",
    "people",
    "playbook",
    "journal",
    "kernel",
)
BESIDE = ("launcher", "receipts", "manage.py")


@dataclass(frozen=True)
class Area:
    """Some rules, and their tests."""

    name: str
    rules: tuple[str, ...]
    tests: tuple[str, ...]

    def settings(self) -> str:
        """Return what mutmut reads."""
        app = self.rules[0].partition("/")[0]
        said = {
            "source_paths": (app,),
            "also_copy": (*(one for one in APPS if one != app), *BESIDE),
            "only_mutate": self.rules,
            "pytest_add_cli_args": ("-p", "no:cacheprovider"),
            "pytest_add_cli_args_test_selection": self.tests,
        }
        lines = ["[mutmut]"]
        for name, values in said.items():
            lines += [f"{name} =", *(f"    {value}" for value in values)]
        return "\n".join(lines) + "\n"


SMALL = Area(
    "endings", ("governance/rules/endings.py",), ("tests/governance/rules/test_endings.py",)
)
AREAS = (
    Area("governance/rules", ("governance/rules/*.py",), ("tests/governance/rules",)),
    Area(
        "journal/tree, journal/chain",
        ("journal/tree.py", "journal/chain.py"),
        ("tests/journal/test_tree.py", "tests/journal/test_chain.py"),
    ),
    Area("people/rules", ("people/rules/*.py",), ("tests/people/rules",)),
)

# Each with the reason why no test could tell it from the rule.
EQUIVALENT: dict[str, str] = {}
