"""Where sessions are kept (økter): in the database, by keys we could have made ourselves."""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """A cookie that holds anything but letters and digits is no key of ours: no question is asked.

    PostgreSQL fails on a NUL, so anyone could make every page fail for themselves and fill the log.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(super()._validate_session_key(key) and key and key.isascii() and key.isalnum())  # type: ignore[misc]
