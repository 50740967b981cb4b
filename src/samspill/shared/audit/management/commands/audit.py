"""Verify the audit trail, sign a checkpoint, or print the public key."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from samspill.shared.audit import checkpoints, signing
from samspill.shared.audit.verification import verify_all
from samspill.shared.identity import clock


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
        verify = what.add_parser("verify", help="Walk every chain; exit 1 when a flaw is found.")
        verify.add_argument(
            "--checkpoint",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="Checkpoints kept outside; finds lines cut off and chains rewritten.",
        )
        verify.add_argument(
            "--public-key",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="Public key (PEM) of earlier checkpoints, or instead of the key file.",
        )
        checkpoint = what.add_parser("checkpoint", help="Verify, then sign where chains stand.")
        checkpoint.add_argument("--out", type=Path, metavar="FILE", help="Instead of the screen.")
        checkpoint.add_argument(
            "--public-key",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="Public key (PEM) of checkpoints signed before the key was changed.",
        )
        make = what.add_parser("make-key", help="Make the key file; never over one there is.")
        make.add_argument("path", type=Path, metavar="FILE")
        what.add_parser("public-key", help="Print the public key, to hand out.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['what'].replace('-', '_')}")(options)
        except (signing.NoKey, checkpoints.NotACheckpoint, OSError) as error:
            raise CommandError(str(error), returncode=2) from error

    def _verify(self, options: dict[str, Any]) -> None:
        known = [signing.public_key_from(path) for path in options["public_key"]]
        if not known or settings.AUDIT_KEY_FILE.exists():
            known.append(signing.private_key().public_key())
        signed = checkpoints.stored()
        for path in options["checkpoint"]:
            signed += checkpoints.from_json(path.read_text())
        flaws = [*checkpoints.flaws_in_signatures(signed, known)]
        report = verify_all(signed)
        flaws += report.flaws
        for flaw in flaws:
            self.stderr.write(f"{flaw.kind}: {flaw.text}")
        if flaws:
            raise CommandError(f"{len(flaws)} flaw(s) in the audit trail.", returncode=1)
        words = f"{report.lines} lines in {len(report.heads)} chains are whole"
        self.stdout.write(f"{words}; {len(signed)} checkpoints fit.")

    def _checkpoint(self, options: dict[str, Any]) -> None:
        earlier = [signing.public_key_from(path) for path in options["public_key"]]
        try:
            made = checkpoints.make(key=signing.private_key(), at=clock.real_now(), earlier=earlier)
        except checkpoints.TrailBroken as broken:
            for flaw in broken.flaws:
                self.stderr.write(f"{flaw.kind}: {flaw.text}")
            raise CommandError("The trail is broken; nothing was signed.", returncode=1) from broken
        text = checkpoints.as_json(made)
        if options["out"]:
            options["out"].write_text(text)
        else:
            self.stdout.write(text, ending="")

    def _make_key(self, options: dict[str, Any]) -> None:
        signing.make_key(options["path"])
        self.stdout.write(f"{options['path']}: keep it outside the database and its backups.")

    def _public_key(self, options: dict[str, Any]) -> None:
        self.stdout.write(signing.pem_of(signing.private_key().public_key()), ending="")
