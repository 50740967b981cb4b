"""Write docs/access.md from the doors: every address, its methods, who is let in."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from samspill.shared.identity import access_page


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="fail if the page is out of date")

    def handle(self, *, check, **options):
        page = settings.ROOT / "docs" / "access.md"
        text = access_page.page()
        if not check:
            page.write_text(text, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != text:
            raise CommandError("docs/access.md is out of date. Run: samspill access")
