"""How strongly a decision is proved, and what that is worth in law, said honestly (S5)."""

from collections.abc import Iterable

LEVELS = ("L1", "L2", "L3")
_NO_MORE = (
    "It is not a qualified electronic signature, and what it is worth in court differs by country."
)
SENTENCES = {
    "L1": "Level 1: each signer gave a password, and a code where one is set up, for exactly this"
    " text. In law this is a simple electronic signature with strong evidence.",
    "L2": "Level 2: each signer signed in afresh elsewhere for exactly this text. In law this is a"
    " simple electronic signature with strong evidence.",
    "L3": "Level 3: each signer's own passkey signed exactly this statement. It aims at what"
    " Article 26 of the eIDAS Regulation asks of an advanced electronic signature.",
}


def level_of(levels: Iterable[str]) -> str:
    """Return the level of a decision: that of its weakest signature."""
    return min(levels)


def sentence_of(level: str) -> str:
    """Return what a decision of this level is worth, in one breath and without promises."""
    return f"{SENTENCES[level]} {_NO_MORE}"
