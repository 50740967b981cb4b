"""Load registers, demo people, a year and its reports. Only with SAMSPILL_DEMO=1; made up."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from samspill.demo import start
from samspill.demo.personas import PERSONAS
from samspill.shared.identity import clock


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--list", action="store_true", help="only list the demo's people")

    def handle(self, *, list, **options):
        if not settings.DEMO:
            raise CommandError("Demo people are made only where SAMSPILL_DEMO=1.")
        if list:
            self.list_people()
            return
        at = clock.now()
        start.prepare(at)
        told = start.tell(at)
        self.stdout.write(f"The demo is ready: {len(PERSONAS)} people, Nordland 2027.")
        if told:
            counted = ", ".join(f"{number} {state}" for state, number in sorted(told.items()))
            self.stdout.write(f"Made-up needs reports: {counted}.")

    def list_people(self):
        """Who one can sign in as, for the terminal."""
        with translation.override("nb"):
            for persona in PERSONAS:
                self.stdout.write(f"  {persona.key:<18} {persona.name:<30} {persona.title}")
