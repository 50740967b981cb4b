"""Erase a person: name, mail and sign-in go, decisions stay. There is no way back."""

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from samspill.shared.identity import actions, clock
from samspill.shared.identity.actor import SYSTEM
from samspill.shared.identity.models import User


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("handle", help="the person's handle in Samspill")

    def handle(self, **options):
        user = User.objects.filter(handle=options["handle"], pseudonymised_at=None).first()
        if user is None:
            raise CommandError("There is no person with that handle.")
        try:
            actions.pseudonymise(user=user, by=SYSTEM, at=clock.now())
        except PermissionDenied as refused:
            raise CommandError(str(refused)) from refused
