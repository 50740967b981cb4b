"""A real mail server on a loopback port, and workers as processes of their own."""

import os
import socket
import subprocess
import sys
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.db import connection


class Server:
    """Takes mail and keeps it; a test may hang something on a step of the conversation."""

    def __init__(self):
        self.mails, self.on_mail, self.on_data, self.answer = [], None, None, "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.on_mail:
            self.on_mail()
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if self.on_data:
            self.on_data()
        return self.answer

    @property
    def ids(self):
        return [mail["Message-ID"] for mail in self.mails]


@pytest.fixture
def smtp_port(settings):
    """A port nobody listens on yet, and settings that send mail there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    return port


@pytest.fixture
def smtp(smtp_port):
    server = Server()
    controller = Controller(server, hostname="127.0.0.1", port=smtp_port)
    controller.start()
    yield server
    controller.stop()


def database_url():
    """Where this test's database is, for a process of its own."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    host = f"{given['HOST'] or '127.0.0.1'}:{given['PORT'] or 5432}"
    return f"postgresql://{given['USER']}{password}@{host}/{given['NAME']}"


@pytest.fixture
def start_worker(smtp_port, transactional_db):
    """Start `worker` as a process; none of them outlives the test."""
    started = []

    def start(*options):
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "SAMSPILL_SMTP_HOST": "127.0.0.1",
            "SAMSPILL_SMTP_PORT": str(smtp_port),
            "SAMSPILL_SMTP_TLS": "0",
        }
        command = [sys.executable, "-m", "django", "worker", "--skip-checks", "--pause", "0.1"]
        process = subprocess.Popen([*command, *options], env=environment)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()
