"""Say that a provider's subject is a person we know. Gives no rights: mandates do."""

from django.core.management.base import BaseCommand, CommandError

from samspill.shared.identity import actions, clock
from samspill.shared.identity.actor import SYSTEM
from samspill.shared.identity.models import User


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("handle", help="the person's handle in Samspill")
        parser.add_argument("issuer", help="the provider's issuer, as in the providers file")
        parser.add_argument("subject", help="the code the person was shown after signing in")

    def handle(self, *, issuer, subject, **options):
        user = User.objects.filter(handle=options["handle"], pseudonymised_at=None).first()
        if user is None:
            raise CommandError("There is no person with that handle.")
        actions.connect_identity(
            user=user, issuer=issuer, subject=subject, by=SYSTEM, at=clock.now()
        )
