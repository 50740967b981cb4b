"""Everything that reads the trail for a page."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from samspill.shared.audit.models import Checkpoint


def checkpoints_of(day: date) -> list[Checkpoint]:
    """The day's checkpoints (Norwegian day), the last of each chain. Public: they name nobody."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    rows = Checkpoint.objects.filter(at__gte=begin, at__lt=end).order_by("chain_id", "at", "pk")
    return list({row.chain_id: row for row in rows}.values())
