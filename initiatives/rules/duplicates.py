"""Which initiatives seem to be about the same problem: title and problem, over all of them.

Two steps, so that thousands can be compared while somebody types: words that few texts share
choose the candidates, then only these are compared closely.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

SAME_NAME = 84.0
SAME_PROBLEM = 72.0
SAME_BOTH = 62.0
CANDIDATES = 60
PART_OF_NAME = 0.9
NAME_GLANCE = 65.0
COMMON_SHARE = 0.2
COMMON_LEAST = 20

_WORD = re.compile(r"\w+")
_ENDING = re.compile(r"(?:ings?|ers?|ions?|ed|es|ly|s|e)$")
_SHORT = 3
_EMPTY = (
    "a about all also an and any are as at be because been but by can do does each every for from"
    " get had has have he her how if in into is it its like many more most much my no not of on"
    " one or our out over people she so some than that the their them then there they this to too"
    " up us use used using very was we were what when where which while who why will with you"
    " your ai tool system"
)
_EMPTY_WORDS = frozenset(_EMPTY.split())


@dataclass(frozen=True)
class Match:
    """One initiative that seems to be about the same; 100 is word for word."""

    id: int
    score: int


@dataclass(frozen=True)
class _Text:
    id: int
    name: str
    problem: str


class Corpus:
    """All names and problems, prepared to be compared with."""

    def __init__(
        self, rows: Iterable[tuple[int, str, str]], *, earlier: "Corpus | None" = None
    ) -> None:
        """Prepare (id, name, problem) rows; texts that `earlier` held are not prepared again."""
        known = earlier.plain if earlier else {}
        texts = [(id_, name, problem) for id_, name, problem in rows]
        self.plain: dict[str, str] = {
            text: known.get(text) or _plain(text) for _, *both in texts for text in both
        }
        self._texts = [
            _Text(id_, self.plain[name], self.plain[problem]) for id_, name, problem in texts
        ]
        self._names = [text.name for text in self._texts]
        self._by_name: dict[str, list[int]] = {}
        self._places: dict[str, list[int]] = {}
        for place, text in enumerate(self._texts):
            for word in {*text.name.split(), *text.problem.split()}:
                self._places.setdefault(word, []).append(place)

    def likely(
        self, *, name: str, problem: str, limit: int, candidates: int = CANDIDATES
    ) -> tuple[Match, ...]:
        """Return the likely duplicates, the likeliest first; texts may be half typed."""
        mine = _Text(0, *(self.plain.get(text) or _plain(text) for text in (name, problem)))
        matches = [
            Match(self._texts[place].id, round(score))
            for place in self._candidates(mine, candidates)
            if (score := _score(mine, self._texts[place]))
        ]
        return tuple(sorted(matches, key=lambda match: (-match.score, match.id))[:limit])

    def namesakes(self, name: str) -> tuple[int, ...]:
        """Return which have a name of the same words: asked of lists too long for `likely`."""
        if not self._by_name:
            for text in self._texts:
                self._by_name.setdefault(text.name, []).append(text.id)
        return tuple(self._by_name.get(self.plain.get(name) or _plain(name), ()))

    def _candidates(self, mine: _Text, most: int) -> Iterable[int]:
        shared: Counter[int] = Counter()
        common = max(COMMON_LEAST, len(self._texts) * COMMON_SHARE)
        for word in {*mine.name.split(), *mine.problem.split()}:
            places = self._places.get(word, ())
            if len(places) <= common:
                shared.update(places)
        glance = process.extract(
            mine.name, self._names, scorer=fuzz.ratio, score_cutoff=NAME_GLANCE, limit=most
        )
        return {place for place, _ in shared.most_common(most)} | {place for _, _, place in glance}


def _score(mine: _Text, other: _Text) -> float:
    """Return how alike the two are, or 0 when they are not alike enough to speak of it."""
    name = _score_name(mine, other)
    problem = fuzz.token_set_ratio(mine.problem, other.problem) if mine.problem else 0.0
    both = (name + problem) / 2
    is_alike = name >= SAME_NAME or problem >= SAME_PROBLEM or both >= SAME_BOTH
    return max(both, name if not mine.problem else 0.0, 1.0) if is_alike else 0.0


def _score_name(mine: _Text, other: _Text) -> float:
    """Return how alike the names are; while there is no problem yet, a part of a name counts."""
    score = fuzz.ratio(mine.name, other.name) if mine.name else 0.0
    if mine.problem or " " not in mine.name:
        return score
    return max(score, PART_OF_NAME * fuzz.token_set_ratio(mine.name, other.name))


def _plain(text: str) -> str:
    """Return the words that carry meaning, in order of the alphabet, without endings."""
    return " ".join(sorted({_stem(word) for word in _words(text)}))


def _words(text: str) -> Sequence[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _EMPTY_WORDS]


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _SHORT else word
