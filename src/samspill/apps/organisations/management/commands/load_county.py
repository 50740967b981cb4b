"""Load a county's municipalities, kindergartens and schools from the packaged registers."""

from django.core.management.base import BaseCommand, CommandError

from samspill.apps.organisations import actions, queries
from samspill.apps.organisations.actions import reading
from samspill.shared.identity import clock
from samspill.shared.identity.actor import SYSTEM


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("number", nargs="+", help="county number, e.g. 18; or «alle»")

    def handle(self, *, number, **options):
        numbers = sorted(reading.counties()) if number == ["alle"] else number
        for one in numbers:
            self.load(one)

    def load(self, number):
        try:
            loaded = actions.load_county(number=number, by=SYSTEM, at=clock.now())
        except reading.UnknownCounty:
            known = ", ".join(f"{n} {name}" for n, name in sorted(reading.counties().items()))
            raise CommandError(f"{number} is no county here. Known: {known}") from None
        county = loaded.load.county
        if not loaded.changed:
            self.stdout.write(f"{county} ({number}): already loaded, nothing changed.")
            return
        counts = ", ".join(f"{name} {count}" for name, count in loaded.load.counts.items())
        self.stdout.write(f"{county} ({number}): {counts}")
        for remark in loaded.load.skipped:
            kept, words = queries.REASONS[remark["reason"]]
            self.stdout.write(f"  {'kept' if kept else 'skipped'} {remark['count']:>4}  {words}")
