"""Who may open what of the organisation: officers see its units, administrators list them."""

from journal.clock import now
from tests.architecture.access import Row
from workforce.operations import add_unit


def prepare(world):
    world.things["unit"] = add_unit(actor=world.cast.ada, name="Sandpit", at=now())


def _unit(world):
    return {"unit_id": world.things["unit"].pk}


# anonymous · employee · outsider lead · lead · contributor · CHRO · CIO · sponsor · committee ·
# auditor · administrator
OFFICERS = "sign 404 404 404 404 200 200 200 200 200 200"
KEEPER = "sign 404 404 404 404 403 403 403 403 403 200"

ROWS = (
    Row("workforce:unit-list", "GET", OFFICERS),
    Row("workforce:unit-add", "POST", KEEPER.replace("200", "422")),
    Row("workforce:unit-read", "POST", KEEPER.replace("200", "422")),
    Row("workforce:unit-remove", "GET", KEEPER, _unit),
    Row("workforce:unit-remove", "POST", KEEPER.replace("200", "302"), _unit),
)
