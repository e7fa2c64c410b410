"""What a search finds of each noun, as far as its reader may see it."""

from dataclasses import dataclass

from initiatives.choices import Standing
from initiatives.rules.search import Piece


@dataclass(frozen=True)
class About:
    """The initiative that something is about, as far as every list shows it."""

    number: int
    name: str

    @property
    def code(self) -> str:
        return f"AI-{self.number:03d}"


@dataclass(frozen=True, kw_only=True)
class InitiativeHit:
    """One initiative. Without `reads_whole`, name, stage and unit, and the purpose where in use."""

    about: About
    stage: int
    standing: Standing
    unit: str
    is_archived: bool
    reads_whole: bool
    is_exact: bool
    name: tuple[Piece, ...]
    said: tuple[Piece, ...]


@dataclass(frozen=True)
class ArtefactHit:
    """The current version of one slot, and where it says what was asked for."""

    about: About
    slot: str
    said: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class PersonHit:
    """Somebody, and how many initiatives the person leads, of those that the reader reads."""

    full_name: str
    is_active: bool
    leads: int
    name: tuple[Piece, ...]
    title: tuple[Piece, ...]
