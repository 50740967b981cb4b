"""Django wants a backend; ours only looks people up. Sessions are begun in `sign_in.begin`."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from samspill.shared.identity.models import User


class PersonBackend(BaseBackend):
    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Never with credentials: there are no passwords."""
        return

    def get_user(self, user_id: int) -> User | None:
        return User.objects.filter(pk=user_id, pseudonymised_at=None).first()
