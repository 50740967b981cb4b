"""Send what lies in the outbox, until stopped (SIGTERM or Ctrl-C finish the message in hand)."""

import os
import signal
import socket
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from samspill.shared.identity import clock
from samspill.shared.messages import worker


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
        )
