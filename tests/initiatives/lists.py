"""Lists of AI projects as companies keep them, of the shape that the field has: made, not found."""

import csv
import io
import random

HEADER = (
    *("Use_Case_ID", "Department_Code", "Agency", "Office", "Title", "Summary"),
    *("Development_Stage", "Techniques", "Source_Code", "Department"),
)
STAGES = (
    *("Operation and Maintenance", "Development and Acquisition", "Initiation", "Implementation"),
    *("In-use", "Planned (not in production)", "Proof-of-concept completed", "Completed"),
    *([""] * 7),
)
THINGS = ("Forecast", "Triage", "Chatbot", "Detection", "Matching", "Scoring", "Translation")
MATTERS = ("invoices", "parcels", "leave requests", "parts", "rainfall", "claims", "visas", "calls")
UNITS = ("Logistics", "Finance", "Service", "People", "Research", "Field operations")


def rows(count, seed=7):
    """Yield rows with what real ones have: long texts, empty cells, lines in a cell, odd words."""
    dice = random.Random(seed)
    for number in range(count):
        unit = dice.choice(UNITS)
        thing, matter = dice.choice(THINGS), dice.choice(MATTERS)
        yield (
            f"{unit[:3].upper()}-{number:04d}-2026",
            unit[:3].upper(),
            dice.choice(("", f"Agency of {matter}")),
            dice.choice(("", "", "Head office")),
            f"{thing} of {matter}, {dice.choice(UNITS).lower()} {number}",
            "\n\n".join(
                f"It looks at {dice.choice(MATTERS)} “{dice.randrange(10**6)}”, and says why."
                for _ in range(dice.randrange(0, 12))
            ),
            dice.choice(STAGES),
            dice.choice(("", "Machine learning", "Rules; vision")),
            "",
            unit,
        )


def in_csv(lines, *, delimiter=",", encoding="utf-8"):
    """Return the lines as a file."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode(encoding)


def make_list(count=5, *, seed=7, **form):
    """Return a file of so many projects."""
    return in_csv([HEADER, *rows(count, seed)], **form)
