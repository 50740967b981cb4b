"""The worker makes the PDF copies nobody has asked for yet."""

import pytest
from django.core.management import call_command

from samspill.apps.needs.models import Submission
from tests.apps.needs.factories import NOW, a_year, submitted_report

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def test_an_idle_worker_makes_the_missing_copies(clock, settings):
    clock(NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    submitted_report(a_year())

    call_command("worker", "--once")

    copy = Submission.objects.get().copy
    assert copy.kind == "pdf"


def test_a_job_that_fails_stops_no_mail(clock, settings, caplog):
    clock(NOW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.WORKER_JOBS = ["samspill.apps.needs.jobs.no_such_job"]

    call_command("worker", "--once")

    assert "no_such_job failed" in caplog.text
