"""Ask whoever acts to confirm that it is them, the same way on every page that is no signature.

A page makes one `Confirmation`, shows it with `people/confirming/fields.html`, and hands the proof
that it gives to the operation, which judges it again.
"""

import json
from functools import cached_property

from django.db import models
from django.forms import Form

from journal.clock import now
from kernel.assertions import RelyingParty
from kernel.passkeys import request_options
from people.challenges import new_challenge, take_challenge
from people.factors import credentials_of, means_of, our_party
from people.forms.identity import ConfirmForm
from people.forms.refusals import add_blockers
from people.http import Request, posted
from people.operations.identity import (
    IdentityProof,
    IdentityRefusedError,
    check_identity,
    has_second_factor,
)
from people.operations.passkey_proofs import check_passkey
from people.operations.throttles import TooManyTriesError
from people.rules.proving import blockers_to_prove

FINE, UNPROCESSABLE, TOO_MANY = 200, 422, 429


class Confirmation:
    """What a page asks for before an act, and what came of it.

    A passkey where one is asked for, else password and code. `lacking` says why neither will do,
    and the way out; the page then offers no form.
    """

    def __init__(
        self, request: Request, *, office_asks: bool = False, leads_back: bool = False
    ) -> None:
        """Take what was posted.

        `office_asks`: the playbook wants a passkey of who acts here. `leads_back`: here passkeys
        are kept, so a password does for whoever has none that works at this address.
        """
        user, facts = request.user, means_of(request.user, office_asks=office_asks)
        self._request = request
        self._status = FINE
        self.challenge = take_challenge(request)
        self.by_passkey = facts.can_use_passkey if leads_back else bool(facts.asked_because)
        self.lacking = [] if leads_back else [*blockers_to_prove(facts)]
        self.form = ConfirmForm(
            posted(request), by_passkey=self.by_passkey, has_app=has_second_factor(user)
        )

    @cached_property
    def party(self) -> RelyingParty | None:
        """For whom passkeys sign here."""
        return our_party()

    @cached_property
    def next_challenge(self) -> bytes:
        """The number that the next answer must sign."""
        return new_challenge(self._request)

    @cached_property
    def asked(self) -> str:
        """What the page asks the browser for; "" where it asks for a password."""
        if not self.by_passkey or self.party is None or self.lacking:
            return ""
        held = credentials_of(self._request.user)
        return json.dumps(request_options(self.party, self.next_challenge, held))

    def prove(self, *, thread: models.Model | None = None) -> IdentityProof | None:
        """Return the proof that was given; None where none was, and the form says why.

        `thread` is the initiative under whose history the outcome is listed.
        """
        self._status = UNPROCESSABLE
        if self.lacking or not self.form.is_valid():
            return None
        try:
            proof = self._proof(thread)
        except (IdentityRefusedError, TooManyTriesError) as refusal:
            add_blockers(self.form, refusal)
            if isinstance(refusal, TooManyTriesError):
                self._status = TOO_MANY
            return None
        self._status = FINE
        return proof

    def _proof(self, thread: models.Model | None) -> IdentityProof:
        user, given, at = self._request.user, self.form.cleaned_data, now()
        if self.by_passkey:
            return check_passkey(
                user=user,
                answer=given["assertion"],
                challenge=self.challenge,
                at=at,
                thread=thread,
            )
        return check_identity(
            user=user,
            password=given["password"],
            code=given.get("code", ""),
            at=at,
            thread=thread,
        )

    def status(self, *forms: Form) -> int:
        """Return how the page is answered: what was refused shows, here or in these forms."""
        if self._status == FINE and any(form.errors for form in (self.form, *forms)):
            return UNPROCESSABLE
        return self._status
