"""Start Samspill for a look: database, register data, demo people, web, worker and a mailbox.

`make run` calls this after set-up. The second start keeps what is there. Stops everything it
started, and only that, on Ctrl-C.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("SAMSPILL_VAR") or ROOT / "var")
BIN = Path(sys.executable).parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset-only", action="store_true", help="load the demo anew, then stop")
    args = parser.parse_args()
    mail_port = free_port(1025)
    os.environ.setdefault("SAMSPILL_DEMO", "1")
    os.environ.update(
        SAMSPILL_URL=f"http://127.0.0.1:{args.port}", SAMSPILL_SMTP_PORT=str(mail_port)
    )
    if args.reset_only:
        forget()
    prepare()
    if args.reset_only:
        return 0
    if not is_free(args.port):
        print(f"Port {args.port} is taken. Try: make run PORT={args.port + 1}", file=sys.stderr)
        return 2
    return serve(args.port, mail_port)


def forget() -> None:
    """Throw the embedded demo database and files away; a database server is emptied by hand."""
    if os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite") is False:
        sys.exit("reset-demo empties the embedded SQLite only. Drop the database yourself.")
    shutil.rmtree(VAR, ignore_errors=True)


def prepare() -> None:
    """Migrate, then load registers and demo people; both do nothing when all is there."""
    for words in (["migrate", "-v", "0"], ["load-demo"]):
        subprocess.run([BIN / "samspill", *words], check=True)


def serve(port: int, mail_port: int) -> int:
    mail = VAR / "mail"
    mail.mkdir(parents=True, exist_ok=True)
    children = [
        start("-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{mail_port}",
              "-c", "aiosmtpd.handlers.Mailbox", str(mail / "inbox")),
        start("-m", "samspill.cli", "worker"),
        start("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
              "--workers", "2", "--blocking-threads", "1", "--no-ws",
              "samspill.config.wsgi:application"),
    ]  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        wait_for_page(port, children)
        print(
            f"\n  Samspill:  http://127.0.0.1:{port}\n  Sign in:   http://127.0.0.1:{port}/logg-inn/"
        )
        print(f"  Mail:      {mail / 'inbox'} (nothing leaves this machine)\n")
        subprocess.run([BIN / "samspill", "load-demo", "--list"], check=False)
        print("\n  Stop with Ctrl-C.", flush=True)
        while all(child.poll() is None for child in children):
            time.sleep(1)
        return 1
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=10)


def start(*words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, *words])


def wait_for_page(port: int, children: "list[subprocess.Popen[bytes]]") -> None:
    for _ in range(300):
        if any(child.poll() is not None for child in children):
            sys.exit("A process stopped at once; its message stands above.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("No page within half a minute.")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(first: int) -> int:
    return next(port for port in range(first, first + 500) if is_free(port))


if __name__ == "__main__":
    sys.exit(main())
