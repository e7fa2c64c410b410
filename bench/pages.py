"""The pages that are measured, with what the goals say of them."""

from dataclasses import dataclass

LIST, DETAIL = 8, 12  # SQL queries at most (G4)


@dataclass(frozen=True)
class Measured:
    """One page: who looks, how many queries it may make, how slow it may be in times A20."""

    name: str
    address: str
    queries: int
    most: float
    who: str = "hana"


def pages(rounds: dict[str, int], numbers: dict[str, int]) -> list[Measured]:
    """Return the pages of a world; the two numbers say where its gates and initiatives are."""
    return [
        Measured("home", "/", LIST, 5),
        Measured("board", "/portfolio/", LIST, 5),
        Measured("table", "/portfolio/?view=table", LIST, 5),
        Measured("initiative", f"/initiatives/AI-{numbers['1-half']:03d}/", DETAIL, 5),
        Measured("gate to sign", f"/gates/{rounds['1-half']}/", DETAIL, 5),
        Measured("gate in draft", f"/gates/{rounds['1-draft']}/", DETAIL, 5),
        Measured("record", "/record/", LIST, 5),
        Measured("journal", "/record/journal/", LIST, 5),
    ]


DUPLICATES = (
    "/initiatives/new/?name=Shift+planner+for+dispatchers"
    "&problem=Dispatchers+phone+each+other+for+every+change+of+plan+and+wait+for+an+answer"
)
