"""The versions of a slot, with what each changed."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from initiatives.queries.artefacts import slot_named, versions
from initiatives.queries.rows import Initiative
from initiatives.views.codes import of_initiative
from initiatives.views.contents import reads
from initiatives.views.registers import named
from kernel.pages import page
from people.http import Request
from playbook.editions import current


@of_initiative
@require_safe
def artefact_versions(request: Request, initiative: Initiative, slot: str) -> HttpResponse:
    found = slot_named(current(), slot)
    registers = named(found)
    return page(
        request,
        "initiatives/artefacts/list.html",
        {
            "initiative": initiative,
            "slot": found,
            "versions": [
                (one.text, [reads(change, registers) for change in one.changes])
                for one in versions(initiative, found)
            ],
        },
    )
