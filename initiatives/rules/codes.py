"""How people write the number of an initiative."""

import re

_CODE = re.compile(r"(?:ai-?)?0*([1-9][0-9]{0,6})", re.IGNORECASE | re.ASCII)


def parse_code(text: str) -> int | None:
    """Return the number in AI-007, AI-7, ai-007, AI7 or 7; None when it is no code."""
    match = _CODE.fullmatch(text.strip())
    return int(match[1]) if match else None
