"""Who a session belongs to, read together with the offices: one query for every request."""

from allauth.account.auth_backends import AuthenticationBackend

from journal.clock import now
from people.logins import closed_since, get_login
from people.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's own, but for how it looks up who is signed in."""

    def get_user(self, user_id: int) -> User | None:
        """Return whose session it is; nobody's, once they left or their time as auditor is over."""
        user = get_login(user_id)
        if user is None or not self.user_can_authenticate(user):
            return None
        return None if closed_since(user, now()) else user
