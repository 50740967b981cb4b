"""Everything that reads people. Never a list of them: one person at a time, by a key we trust."""

from datetime import datetime, timedelta

from samspill.shared.identity.models import ExternalIdentity, FailedSignIn, User

#: So many failures from one network in so long (seconds), then it must wait.
FAILURES = 20
WINDOW = 10 * 60


def person(person_id: int) -> User | None:
    """The person, unless erased."""
    return User.objects.filter(pk=person_id, pseudonymised_at=None).first()


def person_at(*, issuer: str, subject: str) -> User | None:
    """Who the provider's subject is here; None for a person nobody has given access."""
    identity = (
        ExternalIdentity.objects.select_related("user")
        .filter(issuer=issuer, subject=subject, user__pseudonymised_at=None)
        .first()
    )
    return identity.user if identity else None


def demo_person(handle: str) -> User | None:
    """A demo persona. Never a real person, whatever is posted."""
    if not handle.isprintable():  # PostgreSQL stores no NUL, and will not look for one
        return None
    return User.objects.filter(handle=handle, is_demo=True, pseudonymised_at=None).first()


def must_wait(network: str, at: datetime) -> bool:
    """Too many sign-ins from this network have failed lately (`at`: real time)."""
    since = at - timedelta(seconds=WINDOW)
    failed = FailedSignIn.objects.filter(network=network, at__gt=since)
    return failed.count() >= FAILURES
