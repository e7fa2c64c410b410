"""Tags and needs: words for finding and sorting, which no signature covers."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kernel.canonical import clean_name
from kernel.refusals import Blocker

LENGTH = 30
MOST = 12


@dataclass(frozen=True)
class SortingFacts:
    """What decides whether somebody may sort an initiative, by tags, by needs or away."""

    is_on_a_side: bool = False
    is_administrator: bool = False

    @property
    def may_sort(self) -> bool:
        """Tell whether it is this person's to sort: of either side, or the administrator."""
        return self.is_on_a_side or self.is_administrator


def blockers_to_sort(facts: SortingFacts) -> Iterator[Blocker]:
    """Yield why the person does not sort this initiative."""
    if not facts.may_sort:
        yield Blocker(
            "not_yours",
            "Whoever works on it, signs for a side or keeps people and offices sorts it.",
        )


def clean_tag(text: str) -> str:
    """Return the tag on one line, with single blanks and without commas around it.

    :raises ValueError: for characters that no text can carry.
    """
    return clean_name(text).strip(" ,;#")


def blockers_to_tag(tag: str, present: Collection[str]) -> Iterator[Blocker]:
    """Yield every reason why a clean tag is not added to those that are there."""
    if not tag:
        yield Blocker("tag_missing", "Type a tag first.", "tag")
    if len(tag) > LENGTH:
        yield Blocker("tag_too_long", f"A tag has at most {LENGTH} characters.", "tag")
    if "," in tag:
        yield Blocker("tag_comma", "One tag at a time, without commas.", "tag")
    if known(tag, present):
        yield Blocker("tag_there", f"It has the tag “{tag}” already.", "tag")
    elif len(present) >= MOST:
        yield Blocker("tags_full", f"It has {MOST} tags. Take one away first.", "tag")


def blockers_to_untag(tag: str, present: Collection[str]) -> Iterator[Blocker]:
    """Yield why a clean tag cannot be taken away."""
    if not known(tag, present):
        yield Blocker("tag_not_there", f"It does not have the tag “{tag}”.", "tag")


def known(tag: str, among: Collection[str]) -> str:
    """Return the tag as it is spelled among these, whatever its case; "" when it is not there."""
    return next((one for one in among if one.casefold() == tag.casefold()), "")
