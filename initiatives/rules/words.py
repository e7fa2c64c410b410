"""Words as they may be kept: half characters refused at their field, blanks around them dropped."""

from kernel.canonical import clean_text, is_seen
from kernel.refusals import Blocker, RefusedError


def clean_words(text: str, *, field: str, refusal: type[RefusedError]) -> str:
    """Return what somebody wrote, tidied.

    :raises RefusedError: the `refusal` given, for what cannot be kept, or not be seen.
    """
    try:
        words = clean_text(text).strip()
    except ValueError as broken:
        raise refusal(Blocker("broken", str(broken), field)) from broken
    if words and not is_seen(words):
        raise refusal(
            Blocker("unseen", "Nothing of it can be seen. Type letters or digits.", field)
        )
    return words
