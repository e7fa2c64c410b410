"""The pages that are measured, with what the goals say of them."""

from dataclasses import dataclass

LIST, DETAIL = 8, 12  # SQL queries at most (G4)
WARM = 1.5  # times A20, for a page with a goal (G1)


@dataclass(frozen=True)
class Measured:
    """One page: how many queries it may make, and how long it may take in times A20, if a goal."""

    name: str
    address: str
    queries: int
    most: float | None = None
    who: str = "hana"


def pages(rounds: dict[str, int], numbers: dict[str, int]) -> list[Measured]:
    """Return the pages of a world; the two numbers say where its gates and initiatives are."""
    return [
        Measured("home", "/", LIST),
        Measured("board", "/portfolio/", LIST, 5),
        Measured("table", "/portfolio/?view=table", LIST, 5),
        Measured("initiative", f"/initiatives/AI-{numbers['1-half']:03d}/", DETAIL),
        Measured("gate to sign", f"/gates/{rounds['1-half']}/", DETAIL),
        Measured("gate in draft", f"/gates/{rounds['1-draft']}/", DETAIL),
        Measured("record", "/record/", LIST),
        Measured("journal", "/record/journal/", LIST),
    ]


DUPLICATES = (
    "/initiatives/new/?name=Shift+planner+for+dispatchers"
    "&problem=Dispatchers+phone+each+other+for+every+change+of+plan+and+wait+for+an+answer"
)
SEARCHES = (
    ("search: one word", "/search/?q=planner"),
    ("search: three words", "/search/?q=shift+plan+dispatch"),
    ("search: a code", "/search/?q=517"),
    ("search: nothing", "/search/?q=zzzzzz"),
)
SUGGESTED = ("suggestions", "/search/?q=pla")
