"""Who a session belongs to, read together with the offices: one query for every request."""

from allauth.account.auth_backends import AuthenticationBackend

from people.models import User
from people.queries import get_login


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's own, but for how it looks up who is signed in."""

    def get_user(self, user_id: int) -> User | None:
        user = get_login(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
