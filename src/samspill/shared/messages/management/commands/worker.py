"""Send what lies in the outbox, until stopped (SIGTERM or Ctrl-C finish the message in hand)."""

import logging
import os
import signal
import socket
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.module_loading import import_string

from samspill.shared.identity import clock
from samspill.shared.messages import worker

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Stop when nothing more is due.")
        parser.add_argument("--pause", type=float, default=2.0, help="Seconds between looks.")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        worker.run(
            f"{socket.gethostname()}:{os.getpid()}"[:80],
            stop=stop,
            now=clock.real_now,
            today=lambda: timezone.localdate(clock.now()),
            pause=options["pause"],
            until_empty=options["once"],
            idle=_jobs,
        )


def _jobs() -> None:
    """The rooms' own jobs; one that fails is tried again at the next look, and stops no mail."""
    for path in settings.WORKER_JOBS:
        try:
            import_string(path)(at=clock.now())
        except Exception as error:
            log.error("The job %s failed: %s", path, type(error).__name__)
