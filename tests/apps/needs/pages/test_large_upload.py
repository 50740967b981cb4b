"""A 200 MB upload to the real server: refused in words, and memory stays where it was."""

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse

from tests.apps.needs.factories import NOW, a_year, draft_report, fresh
from tests.apps.needs.pages.conftest import typed_into

MEGABYTE = 1024 * 1024
SIZE = 200 * MEGABYTE
MOST = 50 * MEGABYTE
BOUNDARY = "----samspill-prove"


def database_url():
    made = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{made['NAME']}"
    place = f"{made['HOST'] or '127.0.0.1'}:{made['PORT'] or 5432}"
    return f"postgresql://{made['USER']}:{made['PASSWORD']}@{place}/{made['NAME']}"


@pytest.fixture
def server():
    """granian, as the product runs it, on the test's own database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "SAMSPILL_AS_OF": NOW.isoformat(),
        "SAMSPILL_DEBUG": "1",
    }
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
        "--port", str(port), "--workers", "1", "samspill.config.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port, process):
    for _n in range(150):
        if process.poll() is not None:
            raise AssertionError("The server stopped.")
        try:
            answer = get(port, "/personvern/")
        except OSError:
            time.sleep(0.1)
        else:
            answer.read()
            return
    raise AssertionError("The server did not answer.")


def get(port, path, cookie=""):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", path, headers={"Cookie": cookie})
    return line.getresponse()


def memory(pid):
    """Highest resident memory so far of the server and its worker, in bytes."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = 0
    for each in (str(pid), *children):
        status = Path(f"/proc/{each}/status").read_text()
        peak = next(row for row in status.splitlines() if row.startswith("VmHWM"))
        total += int(peak.split()[1]) * 1024
    return total


def parts_of(fields):
    """The form's fields, then the head of a file that never seems to end."""
    rows = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    rows.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="attachment"; '
        'filename="stor.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7\n'
    )
    return "".join(rows).encode(), f"\r\n--{BOUNDARY}--\r\n".encode()


def send(port, path, cookie, fields):
    head, tail = parts_of(fields)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    line.putrequest("POST", path)
    line.putheader("Cookie", cookie)
    line.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    line.putheader("Content-Length", str(len(head) + SIZE + len(tail)))
    line.endheaders()
    line.send(head)
    chunk = b"0" * MEGABYTE
    for _n in range(SIZE // MEGABYTE):
        line.send(chunk)
    line.send(tail)
    answer = line.getresponse()
    return answer.status, answer.read().decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_200_megabytes_are_refused_at_the_field_without_filling_memory(server, as_actor):
    port, pid = server
    year = a_year()
    report = draft_report(year)
    browser = as_actor(year.editor)
    url = reverse("needs:section", args=[report.pk, "kunnskapsdeling"])
    page = browser.get(url)
    browser.get(url)
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    cookie = "; ".join(f"{name}={browser.cookies[name].value}" for name in names)
    sent = typed_into(page, knowledge_sharing="Vi deler mye", do="attach")
    get(port, url, cookie).read()
    before = memory(pid)

    status, html = send(port, url, cookie, sent)

    risen = memory(pid) - before
    assert status == 422
    assert "Filen er for stor. Grensen er 20 MB." in html
    assert "Vi deler mye" in html
    assert fresh(report).knowledge_sharing == "Vi deler mye"
    assert report.attachments.count() == 0
    assert risen < MOST
