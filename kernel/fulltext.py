"""Finding words in texts: the one form in which texts are indexed, and in which words are asked.

PostgreSQL divides a text into words. What joins words for it (a path, an address, the minus of
AI-517) is made a blank first, in the text and in the question alike, so that each word is found
by its beginning. An index on the expression follows the text: what is erased is not found.
"""

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func
from django.db.models.expressions import Combinable

JOINERS = "-/_.:@&=?~#+<>"
MOST_WORDS = 8
LONGEST_WORD = 60
_BLANKS = " " * len(JOINERS)
_APART = str.maketrans(JOINERS, _BLANKS)
_QUOTES = str.maketrans("", "", "'\\")
_TEXT = f"translate(%(expressions)s, '{JOINERS}', '{_BLANKS}')"
# Canonical JSON of texts, without the names of its fields and its escapes; plain text stays.
_JSON = (
    "regexp_replace(left(%(expressions)s, 100000),"
    r""" '"[a-z0-9_./]+":|\\[nrtbf]|\\u[0-9a-f]{4}', ' ', 'g')"""
)


def words_in(text: str | Combinable) -> Func:
    """Return the words of a column, or of another expression, of text."""
    return _words(F(text) if isinstance(text, str) else text, _TEXT)


def words_in_json(text: str) -> Func:
    """Return the words of a column that holds a text, or texts as canonical JSON."""
    return _words(F(text), _TEXT.replace("%(expressions)s", _JSON))


def asked(text: str) -> tuple[str, ...]:
    """Return the words that are asked for: each is meant as a beginning."""
    bare = text.replace("\x00", " ").translate(_APART).translate(_QUOTES)
    words = (word[:LONGEST_WORD] for word in bare.split())
    return tuple(word for word in words if any(map(str.isalnum, word)))[:MOST_WORDS]


def words_of(words: tuple[str, ...]) -> str:
    """Return the question whether a text holds all these words, or words beginning so."""
    return " & ".join(f"'{word}':*" for word in words)


def query_of(question: str) -> SearchQuery:
    """Return the question, as `words_of` puts it, for comparing with the words of a column."""
    return SearchQuery(question, config="simple", search_type="raw")


def _words(text: Combinable, divided: str) -> Func:
    return Func(
        text, template=f"to_tsvector('simple', {divided})", output_field=SearchVectorField()
    )
