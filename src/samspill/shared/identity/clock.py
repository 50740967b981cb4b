"""The only place that asks what time it is. Views read it; everything below gets `at` handed in."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The time, aware; in the demo the clock may stand at a chosen moment (`SAMSPILL_AS_OF`)."""
    if settings.AS_OF is not None:
        as_of: datetime = settings.AS_OF
        return as_of if timezone.is_aware(as_of) else timezone.make_aware(as_of)
    return timezone.now()


def real_now() -> datetime:
    """The real time, also when the demo's clock stands: sessions and sign-ins run out for real."""
    return timezone.now()
