from tests.cast import LONG_AGO, gather
from tests.kept import kept


@kept
def cast():
    """The company as it stands when a browser comes: founded before today."""
    return gather(LONG_AGO)
