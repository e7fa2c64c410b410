"""Words as they may be kept: half characters refused at their field, blanks around them dropped."""

from kernel.canonical import clean_text
from kernel.refusals import Blocker, RefusedError


def clean_words(text: str, *, field: str, refusal: type[RefusedError]) -> str:
    """Return what somebody wrote, tidied.

    :raises RefusedError: the `refusal` given, for characters that cannot be kept.
    """
    try:
        return clean_text(text).strip()
    except ValueError as broken:
        raise refusal(Blocker("broken", str(broken), field)) from broken
